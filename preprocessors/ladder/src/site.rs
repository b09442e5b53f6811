//! Writes the site: both languages, the front page, and what they share.
//!
//! Knows what the site consists of and in which order it is made; is given a book that was checked and an empty folder. Where
//! the folder comes from, and how it takes the place of the last site, is `site/aside.rs`. Next: `site/edition.rs`.

pub(crate) mod aside;
mod edition;
mod front;
mod manifests;
mod pages;
mod shared;
mod template;
mod words;

use anyhow::{Context, Result};
use ladder_manifest::Language;
use mdbook_ladder::Book;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;

pub(crate) use front::{Front, write as write_front};

/// Writes the site of `book` into `folder`.
pub(crate) fn write(book: &Arc<Book>, folder: &Path, front: Front) -> Result<()> {
    let scratch = tempfile::tempdir().context("no temporary folder can be made\nMake room in the folder of temporary files, or set TMPDIR to another.")?;
    let original = template::of_mdbook(scratch.path())?;
    thread::scope(|scope| {
        let editions = Language::ALL.map(|language| {
            let (original, scratch) = (&original, scratch.path());
            scope.spawn(move || {
                write_language(
                    book,
                    language,
                    original,
                    &scratch.join(language.code()),
                    folder,
                )
            })
        });
        editions.into_iter().try_for_each(|edition| {
            edition
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })?;
    shared::share(folder)?;
    manifests::copy(&book.root, folder)?;
    write_front(book, folder, front)
}

fn write_language(
    book: &Arc<Book>,
    language: Language,
    original: &template::Files,
    theme: &Path,
    site: &Path,
) -> Result<()> {
    template::write(original, &book.root, language, theme)?;
    let folder = site.join(language.code());
    edition::write(book, language, theme, &folder)?;
    pages::finish(book, language, &folder)?;
    crate::search::write(&folder, language, book)
}

/// Writes a file of the site, and says which one if that fails.
fn write_file(file: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    fs::write(file, content).with_context(|| {
        format!(
            "cannot write `{}`\nMake sure that the disk has room and the folder can be written to.",
            file.display()
        )
    })
}

/// Reads a file that the site is made of.
fn read_file(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| {
        format!(
            "cannot read `{}`\nCheck that it is there, and that it is UTF-8 text.",
            file.display()
        )
    })
}
