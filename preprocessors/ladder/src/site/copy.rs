//! Copies folders of the book: its manifests beside the pages, which offer them for download, and its theme for mdBook.

use super::fault;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// Copies the files below `from`, if there is such a folder, except what is named `except`.
pub(super) fn folder(from: &Path, to: &Path, except: &str) -> Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    let entries = WalkDir::new(from).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.file_name() != except) {
        let entry = entry.with_context(|| fault("fault.site-read", from))?;
        let target = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).with_context(|| fault("fault.site-write", &target))?;
        } else if entry.path().is_file() {
            fs::copy(entry.path(), &target)
                .with_context(|| fault("fault.site-read", entry.path()))?;
        }
    }
    Ok(())
}
