//! Moves what both languages hold alike, styles and scripts, to one place: a reader who switches the language, and the zip,
//! then have it once.
//!
//! Knows pages only as text that names these files. Pages lie flat in the folder of their language, and so do their names of
//! other files.

use super::fault;
use anyhow::{Context, Result};
use ladder_manifest::Language;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The names that were shared, as pages write them.
pub(super) struct Shared(Vec<String>);

/// Moves them from the folders of the languages into `shared/` of the site. The pages still name them as before.
pub(super) fn gather(site: &Path) -> Result<Shared> {
    let [first, second] = Language::ALL.map(|language| site.join(language.code()));
    let mut names = Vec::new();
    for name in assets(&first) {
        if fs::read(first.join(&name)).ok() == fs::read(second.join(&name)).ok() {
            let target = site.join("shared").join(&name);
            let folder = target.parent().unwrap_or(site);
            fs::create_dir_all(folder)
                .and_then(|()| fs::rename(first.join(&name), &target))
                .and_then(|()| fs::remove_file(second.join(&name)))
                .with_context(|| fault("fault.site-write", &target))?;
            names.push(name.to_string_lossy().replace('\\', "/"));
        }
    }
    remove_empty_folders(&first);
    remove_empty_folders(&second);
    Ok(Shared(names))
}

impl Shared {
    /// The page with its `src` and `href` of shared files corrected; its text is left alone.
    pub(super) fn named_in(&self, page: &str) -> String {
        let head_end = page.find("<main>").unwrap_or(page.len());
        let text_end = page.rfind("</main>").unwrap_or(page.len()).max(head_end);
        let (head, rest) = page.split_at(head_end);
        let (text, foot) = rest.split_at(text_end - head_end);
        self.corrected(head) + text + &self.corrected(foot)
    }

    fn corrected(&self, part: &str) -> String {
        self.0.iter().fold(part.to_owned(), |part, name| {
            ["src", "href"].into_iter().fold(part, |part, attribute| {
                let before = format!("{attribute}=\"{name}\"");
                part.replace(&before, &format!("{attribute}=\"../shared/{name}\""))
            })
        })
    }
}

fn assets(folder: &Path) -> Vec<PathBuf> {
    let mut assets = files(folder, "css");
    assets.extend(files(folder, "js"));
    assets
}

/// The files below a folder with an extension, relative to it, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let all = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok);
    let named = all.filter(|entry| {
        entry.file_type().is_file()
            && entry
                .path()
                .extension()
                .is_some_and(|found| found == extension)
    });
    named
        .filter_map(|entry| Some(entry.path().strip_prefix(folder).ok()?.to_owned()))
        .collect()
}

fn remove_empty_folders(folder: &Path) {
    for entry in WalkDir::new(folder)
        .min_depth(1)
        .contents_first(true)
        .into_iter()
        .filter_map(Result::ok)
    {
        if entry.file_type().is_dir() {
            let _ = fs::remove_dir(entry.path()); // refuses a folder that is not empty, as it should
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_page_is_left_alone() {
        let page =
            r#"<link href="a.css"><main><a href="a.css"></a></main><script src="b.js"></script>"#;
        let names = Shared(vec!["a.css".to_owned(), "b.js".to_owned()]);
        let shared = r#"<link href="../shared/a.css"><main><a href="a.css"></a></main><script src="../shared/b.js"></script>"#;
        assert_eq!(names.named_in(page), shared);
    }
}
