//! `ladder toc`: writes what is derived from the pages' headings, or says which files are behind.
//!
//! What each file should hold is planned by `mdbook_ladder::toc`; here it is written, each file aside and renamed.

use crate::Outcome;
use crate::check::book_root;
use crate::cli::TocOptions;
use crate::report::{self, Style};
use anyhow::{Context, Result};
use mdbook_ladder::toc::{self, Change};
use mdbook_ladder::{Book, Checked};
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Writes or verifies.
pub(crate) fn run(options: &TocOptions) -> Result<Outcome> {
    let root = book_root()?;
    let book = Book::open(&root)?;
    let changes = toc::plan(&book)?;
    if options.check {
        return verify(&book, &changes, options);
    }
    for change in &changes {
        write(&root, change)?;
        println!("{}", change.file.display());
    }
    if changes.is_empty() {
        eprintln!("everything is up to date");
    }
    Ok(Outcome::Clean)
}

fn verify(book: &Book, changes: &[Change], options: &TocOptions) -> Result<Outcome> {
    let mut stale = Checked { files: changes.len(), ..Checked::default() };
    for change in changes {
        let found = change.found();
        let text = change.before.as_deref().map_or_else(|| book.order_text.clone(), Into::into);
        stale.texts.insert(found.file.clone(), text);
        stale.findings.push(found);
    }
    report::print(&stale, &Style::text(options.speech.language()))?;
    Ok(if changes.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// Writes the new text of a file in the place of the old one, which stays whole until then.
pub(crate) fn write(root: &Path, change: &Change) -> Result<()> {
    put(&root.join(&change.file), &change.after)
}

/// Writes a file aside and renames it.
pub(crate) fn put(file: &Path, text: &str) -> Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let said = || format!("`{}` cannot be written\nMake sure that you may write to its folder.", file.display());
    // Made as any file is made: a temporary file of the usual kind could be read by nobody else.
    let mut aside = tempfile::Builder::new().prefix(".ladder-").make_in(folder, |path| File::create_new(path)).with_context(said)?;
    aside.write_all(text.as_bytes()).with_context(said)?;
    aside.persist(file).with_context(said)?;
    Ok(())
}
