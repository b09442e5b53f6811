//! `ladder check`: finds what is wrong with the whole book, or with the files given, and reports it.
//!
//! What is wrong is said by `mdbook_ladder`; how it is written, by `report.rs`. Next: `check/paths.rs` says which files
//! of a folder are meant.

mod paths;

use crate::Outcome;
use crate::cli::{CheckOptions, Deny};
use crate::report::{self, Style};
use crate::words::{self, fault};
use anyhow::Result;
use ladder_manifest::{Severity, Version};
use mdbook_ladder::{Book, Checked, Options};
use std::path::{Path, PathBuf};

/// Checks what the options name.
pub(crate) fn run(options: &CheckOptions) -> Result<Outcome> {
    let language = options.speech.language();
    let versions = options
        .kubernetes
        .as_ref()
        .map_or(Version::SUPPORTED.to_vec(), |versions| versions.0.clone());
    let against = Options {
        versions: versions.clone(),
    };
    let checked = match options.paths.as_slice() {
        [] => whole_book(&against)?,
        paths => paths::check(paths, &against, language)?,
    };
    let deny_warnings = options.deny == Some(Deny::Warnings);
    report::print(
        &checked,
        &Style {
            format: options.format,
            language,
            versions,
            deny_warnings,
        },
    )?;
    let fails = checked.count(Severity::Error) > 0
        || (deny_warnings && checked.count(Severity::Warning) > 0);
    Ok(if fails {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// The folder of the book that the current folder lies in.
pub(crate) fn book_root() -> Result<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    let Some(root) = mdbook_ladder::book::root_of(Path::new(".")) else {
        let folder = here.display().to_string();
        return Err(fault(
            words::language(),
            "fault.no-book",
            &[("folder", folder)],
        ));
    };
    Ok(if here.canonicalize().is_ok_and(|here| here == root) {
        PathBuf::from(".")
    } else {
        root
    })
}

/// Names the files of the book in `root` as they are named, and clicked on, from the folder in which the command runs.
pub(crate) fn seen_from_here(checked: &mut Checked, root: &Path) {
    let Ok((here, root)) = Path::new(".")
        .canonicalize()
        .and_then(|here| Ok((here, root.canonicalize()?)))
    else {
        return;
    };
    let Ok(below) = here.strip_prefix(root) else {
        return;
    };
    let up: PathBuf = below.components().map(|_| "..").collect();
    for located in &mut checked.findings {
        located.file = up.join(&located.file);
    }
    let texts = std::mem::take(&mut checked.texts);
    checked.texts = texts
        .into_iter()
        .map(|(file, text)| (up.join(file), text))
        .collect();
}

fn whole_book(against: &Options) -> Result<Checked> {
    let root = book_root()?;
    let mut checked = Book::open(&root)?.check(against)?;
    seen_from_here(&mut checked, &root);
    Ok(checked)
}
