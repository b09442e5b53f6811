//! Copies the manifests beside the pages, which offer them for download.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// Copies `manifests/` of the book in `root`, if it has any, into the site.
pub(super) fn copy(root: &Path, site: &Path) -> Result<()> {
    let folder = root.join("manifests");
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.with_context(|| {
            format!(
                "cannot read the folder `{}`\nCheck that you may open everything in it.",
                folder.display()
            )
        })?;
        let target = site
            .join("manifests")
            .join(entry.path().strip_prefix(&folder)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)
                .with_context(|| format!("cannot make the folder `{}`", target.display()))?;
        } else if entry.path().is_file() {
            fs::copy(entry.path(), &target).with_context(|| {
                format!(
                    "cannot copy `{}`\nCheck that you may read it.",
                    entry.path().display()
                )
            })?;
        }
    }
    Ok(())
}
