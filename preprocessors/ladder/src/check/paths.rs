//! Checks files, folders and standard input, inside a book or not.
//!
//! Knows which files of a folder are meant. A symbolic link to a file counts as that file; one to a folder is not followed,
//! so that no folder is walked twice or forever.

use crate::words::fault;
use anyhow::Result;
use ladder_manifest::Language;
use mdbook_ladder::book::ORDER;
use mdbook_ladder::check::check_file;
use mdbook_ladder::{Checked, Options};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// What standard input is called in reports.
const STANDARD_INPUT: &str = "<stdin>";

/// Checks all that the paths name, each file once.
pub(super) fn check(paths: &[PathBuf], options: &Options, language: Language) -> Result<Checked> {
    let mut all = Checked::default();
    let mut seen = BTreeSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let file = Path::new(STANDARD_INPUT);
            add(
                &mut all,
                check_file(file, &standard_input(language)?, options),
            );
            continue;
        }
        for file in files(path, language)? {
            let same = file.canonicalize().unwrap_or_else(|_| file.clone());
            if seen.insert(same) {
                let bytes = fs::read(&file).map_err(|error| unreadable(&file, &error, language))?;
                add(&mut all, check_file(&file, &bytes, options));
            }
        }
    }
    let mut checked = Checked::default();
    checked.merge(all);
    Ok(checked)
}

/// Takes in what was found in one file. It is all sorted once, at the end: sorting it for each file of thousands takes
/// longer than checking them.
fn add(all: &mut Checked, checked: Checked) {
    all.findings.extend(checked.findings);
    all.files += checked.files;
    all.manifests += checked.manifests;
    all.texts.extend(checked.texts);
}

/// The path itself if it is a file, whatever its name; of a folder those that can be checked, sorted.
fn files(path: &Path, language: Language) -> Result<Vec<PathBuf>> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error, language))?;
    if !metadata.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let entries = WalkDir::new(path).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_skipped(entry)) {
        let entry = entry.map_err(|error| {
            let place = error.path().unwrap_or(path).to_owned();
            let reason = error.into_io_error().unwrap_or(ErrorKind::Other.into());
            unreadable(&place, &reason, language)
        })?;
        let is_file =
            entry.file_type().is_file() || entry.path_is_symlink() && entry.path().is_file();
        if is_file && has_manifests(entry.path()) && !is_order(entry.path()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Hidden folders, and those that cargo and npm build, hold nothing that anybody wrote.
fn is_skipped(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || entry.file_type().is_dir() && (name == "target" || name == "node_modules")
}

fn has_manifests(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("md" | "yaml" | "yml" | "json"))
}

/// The order of a book's chapters is YAML without being a manifest.
fn is_order(file: &Path) -> bool {
    let root = file.parent().and_then(Path::parent);
    file.ends_with(ORDER) && root.is_some_and(|root| root.join("book.toml").is_file())
}

fn standard_input(language: Language) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => {
            let reason = [("reason", error.to_string())];
            Err(fault(language, "fault.standard-input", &reason))
        }
    }
}

fn unreadable(path: &Path, error: &io::Error, language: Language) -> anyhow::Error {
    let key = match error.kind() {
        ErrorKind::NotFound => "fault.missing",
        _ => "fault.unreadable",
    };
    let arguments = [
        ("path", path.display().to_string()),
        ("reason", error.to_string()),
    ];
    fault(language, key, &arguments)
}
