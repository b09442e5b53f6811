//! Tells when a file of the book was saved.
//!
//! Knows which files make the site; many events in a row, as editors and version control cause them, are one.

use super::Event;
use crate::words;
use anyhow::{Context, Result};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// The folders of a book whose files make its site.
const FOLDERS: [&str; 3] = ["src", "manifests", "theme"];
const CONFIGURATION: &str = "book.toml";
/// How long nothing more may happen before a save is over.
const QUIET: Duration = Duration::from_millis(30);

/// Watches the book in `root` for as long as the watcher lives.
pub(super) fn book(root: &Path, saved: Sender<Event>) -> Result<RecommendedWatcher> {
    let fault = || words::fault(words::language(), "fault.watch", &[]);
    let root = root.canonicalize().with_context(fault)?;
    let base = root.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return }; // what cannot be watched was refused above
        if !matches!(event.kind, EventKind::Access(_))
            && event.paths.iter().any(|path| is_of_the_book(&base, path))
        {
            let _ = saved.send(Event::Saved); // nobody listens any more: the program ends
        }
    })
    .with_context(fault)?;
    watcher
        .watch(&root, RecursiveMode::NonRecursive)
        .with_context(fault)?;
    for folder in FOLDERS
        .map(|folder| root.join(folder))
        .into_iter()
        .filter(|folder| folder.is_dir())
    {
        watcher
            .watch(&folder, RecursiveMode::Recursive)
            .with_context(fault)?;
    }
    Ok(watcher)
}

/// Waits until nothing more happens; gives the stop that came meanwhile.
pub(super) fn settled(events: &Receiver<Event>) -> Option<Event> {
    loop {
        match events.recv_timeout(QUIET) {
            Ok(Event::Saved) => {}
            Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => return Some(Event::Stop),
            Err(RecvTimeoutError::Timeout) => return None,
        }
    }
}

fn is_of_the_book(root: &Path, path: &Path) -> bool {
    let Ok(path) = path.strip_prefix(root).map(PathBuf::from) else {
        return false;
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_of_an_editor =
        name.starts_with(['.', '#']) || name.ends_with(['~', '#']) || name == "4913";
    !is_of_an_editor
        && (path == Path::new(CONFIGURATION)
            || FOLDERS.iter().any(|folder| path.starts_with(folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_the_book_count_and_those_of_editors_do_not() {
        let root = Path::new("/book");
        for (path, counts) in [
            ("/book/src/zh/pods.md", true),
            ("/book/manifests/pods/pod.yaml", true),
            ("/book/theme/ladder.css", true),
            ("/book/book.toml", true),
            ("/book/src/zh/.pods.md.swp", false),
            ("/book/src/zh/pods.md~", false),
            ("/book/book/index.html", false),
            ("/book/Cargo.toml", false),
            ("/elsewhere/src/zh/pods.md", false),
        ] {
            assert_eq!(is_of_the_book(root, Path::new(path)), counts, "{path}");
        }
    }
}
