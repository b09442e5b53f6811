//! `ladder toc`: writes what is derived from the pages' headings, or says which files are behind.
//!
//! What each file should hold is planned by `mdbook_ladder::toc`; how a file is written, by `write.rs`.

use crate::cli::TocOptions;
use crate::report::{self, Style};
use crate::words::say;
use crate::{Outcome, check, terminal, write};
use anyhow::Result;
use ladder_manifest::{Language, Severity};
use mdbook_ladder::toc::{self, Change};
use mdbook_ladder::{Book, Checked};
use std::path::Path;

/// Writes or verifies.
pub(crate) fn run(options: &TocOptions) -> Result<Outcome> {
    let language = options.speech.language();
    let root = check::book_root()?;
    let book = Book::open(&root)?;
    // Lists made of an order or a page that could not be read would lose what they have.
    if book
        .findings
        .iter()
        .any(|located| located.finding.rule.severity == Severity::Error)
    {
        return told(unreadable(&book), &root, language);
    }
    let changes = toc::plan(&book)?;
    if options.check {
        return told(stale(&book, &changes), &root, language);
    }
    for change in &changes {
        write(&root, change)?;
        let file = change.file.display().to_string();
        terminal::print(&(say(language, "toc.wrote", &[("file", file)]) + "\n"))?;
    }
    if changes.is_empty() {
        terminal::tell(&say(language, "toc.fresh", &[]));
    }
    Ok(Outcome::Clean)
}

/// Writes the new text of a file in the place of the old one, which stays whole until then.
pub(crate) fn write(root: &Path, change: &Change) -> Result<()> {
    write::replace(&root.join(&change.file), &change.after)
}

fn unreadable(book: &Book) -> Checked {
    let mut checked = of_book(book);
    checked.findings.clone_from(&book.findings);
    checked
}

fn stale(book: &Book, changes: &[Change]) -> Checked {
    let mut checked = of_book(book);
    for change in changes {
        if let Some(before) = &change.before {
            checked
                .texts
                .insert(change.file.clone(), before.as_str().into());
        }
        checked.findings.push(change.found());
    }
    checked
}

fn of_book(book: &Book) -> Checked {
    let order = (mdbook_ladder::book::ORDER.into(), book.order_text.clone());
    Checked {
        files: book.all_pages().count(),
        texts: [order].into(),
        ..Checked::default()
    }
}

fn told(mut checked: Checked, root: &Path, language: Language) -> Result<Outcome> {
    check::seen_from_here(&mut checked, root);
    report::print(&checked, &Style::text(language))?;
    Ok(if checked.findings.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}
