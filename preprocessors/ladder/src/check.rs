//! `ladder check`: finds what is wrong with the whole book, or with the files given, and reports it.
//!
//! Knows which files are meant. What is wrong with them is said by `mdbook_ladder`; how it is written, by `report.rs`.

use crate::Outcome;
use crate::cli::{CheckOptions, Deny};
use crate::report::{self, Style};
use anyhow::{Context, Result, bail};
use ladder_manifest::{Severity, Version};
use mdbook_ladder::check::check_file;
use mdbook_ladder::{Book, Checked, Options};
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The extensions that a folder is searched for.
const EXTENSIONS: [&str; 4] = ["md", "yaml", "yml", "json"];

/// Checks what the options name.
pub(crate) fn run(options: &CheckOptions) -> Result<Outcome> {
    let versions = options.kubernetes.as_ref().map_or(Version::SUPPORTED.to_vec(), |versions| versions.0.clone());
    let checked = checked(&options.paths, &Options { versions: versions.clone() })?;
    let style = Style { format: options.format, language: options.speech.language(), versions };
    report::print(&checked, &style)?;
    let warnings_count = options.deny == Some(Deny::Warnings);
    let fails = checked.count(Severity::Error) > 0 || (warnings_count && checked.count(Severity::Warning) > 0);
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

fn checked(paths: &[PathBuf], options: &Options) -> Result<Checked> {
    if paths.is_empty() {
        return Book::open(&book_root()?)?.check(options);
    }
    let mut checked = Checked::default();
    for path in paths {
        checked.merge(check_path(path, options)?);
    }
    Ok(checked)
}

/// The folder of the book that the current folder lies in.
pub(crate) fn book_root() -> Result<PathBuf> {
    let Some(root) = mdbook_ladder::book::root_of(Path::new(".")) else {
        bail!("there is no book here: neither this folder nor one above it has book.toml and src/toc.yaml\nGo to the folder of a book, or name files to check: ladder check PATH");
    };
    // Findings are read, and clicked on, from where the command was run.
    let here = Path::new(".").canonicalize().context("the current folder cannot be read")?;
    Ok(if here == root { PathBuf::from(".") } else { root })
}

fn check_path(path: &Path, options: &Options) -> Result<Checked> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("standard input cannot be read\nPipe a manifest into it: ladder check - < FILE")?;
        return Ok(check_file(Path::new("<stdin>"), &bytes, options));
    }
    if !path.exists() {
        bail!("`{}` is not there\nCheck the spelling; paths start from the current folder.", path.display());
    }
    if !path.is_dir() {
        return read_and_check(path, options);
    }
    let mut checked = Checked::default();
    for file in files(path)? {
        checked.merge(read_and_check(&file, options)?);
    }
    Ok(checked)
}

fn read_and_check(file: &Path, options: &Options) -> Result<Checked> {
    let bytes = std::fs::read(file)
        .with_context(|| format!("`{}` cannot be read\nCheck that it is a file and that you may open it.", file.display()))?;
    Ok(check_file(file, &bytes, options))
}

/// The files of a folder that hold manifests or pages, sorted. Links to folders are not followed, so that none is walked twice.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(is_wanted) {
        let entry = entry.with_context(|| format!("the folder `{}` cannot be read\nCheck that you may open all in it.", folder.display()))?;
        let extension = entry.path().extension().and_then(|extension| extension.to_str());
        if entry.path().is_file() && extension.is_some_and(|extension| EXTENSIONS.contains(&extension)) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Not what is hidden, and not what cargo and npm build.
fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || !(name.starts_with('.') || (entry.file_type().is_dir() && (name == "target" || name == "node_modules")))
}
