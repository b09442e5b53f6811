//! Writes the site: both languages, the front page, and what they share.
//!
//! Knows what the site consists of and in which order it is made; is given a book that was checked and an empty folder. Where
//! the folder comes from, and how it takes the place of the last site, is `site/aside.rs`. Next: `site/edition.rs`.

pub(crate) mod aside;
mod copy;
mod edition;
mod front;
mod pages;
mod phrases;
mod shared;
mod template;

use crate::words;
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
    let scratch = tempfile::tempdir().with_context(|| fault("fault.scratch", Path::new("")))?;
    let original = template::of_mdbook(scratch.path())?;
    for_each_language(|language| {
        let theme = scratch.path().join(language.code());
        let pages = folder.join(language.code());
        template::write(&original, &book.root, language, &theme)?;
        edition::write(book, language, &theme, &pages)?;
        crate::search::write(&pages, language, book)
    })?;
    let shared = shared::gather(folder)?;
    for_each_language(|language| {
        pages::finish(book, language, &folder.join(language.code()), &shared)
    })?;
    copy::folder(&book.root.join("manifests"), &folder.join("manifests"), "")?;
    write_front(book, folder, front)
}

/// Does the same for both languages at once.
fn for_each_language(work: impl Fn(Language) -> Result<()> + Sync) -> Result<()> {
    thread::scope(|scope| {
        let work = &work;
        let threads = Language::ALL.map(|language| scope.spawn(move || work(language)));
        threads.into_iter().try_for_each(|thread| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}

/// Writes a file of the site.
fn write_file(file: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    fs::write(file, content).with_context(|| fault("fault.site-write", file))
}

/// Reads a file that the site is made of.
fn read_file(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| fault("fault.site-read", file))
}

/// Why a site cannot be made, and at which file or folder.
pub(crate) fn fault(key: &str, path: &Path) -> anyhow::Error {
    fault_with(key, path, &[])
}

/// The same with more to say.
fn fault_with(key: &str, path: &Path, more: &[(&'static str, &str)]) -> anyhow::Error {
    let mut arguments = vec![("path", path.display().to_string())];
    arguments.extend(
        more.iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    words::fault(words::language(), key, &arguments)
}
