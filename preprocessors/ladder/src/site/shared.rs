//! Moves what both languages hold alike, styles and scripts, to one place: a reader who switches the language, and the zip,
//! then have it once.
//!
//! Knows pages only as text that names these files. Pages lie flat in the folder of their language, and so do their names of
//! other files.

use super::{fault, read_file, write_file};
use anyhow::{Context, Result};
use ladder_manifest::Language;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Moves them from the folders of the languages into `shared/` of the site, and corrects the pages.
pub(super) fn share(site: &Path) -> Result<()> {
    let [first, second] = Language::ALL.map(|language| site.join(language.code()));
    let mut names = Vec::new();
    for name in assets(&first) {
        if fs::read(first.join(&name)).ok() == fs::read(second.join(&name)).ok() {
            let target = site.join("shared").join(&name);
            fs::create_dir_all(target.parent().unwrap_or(site))
                .with_context(|| fault("fault.site-write", site))?;
            fs::rename(first.join(&name), target)
                .with_context(|| fault("fault.site-write", site))?;
            fs::remove_file(second.join(&name)).with_context(|| fault("fault.site-write", site))?;
            names.push(name.to_string_lossy().replace('\\', "/"));
        }
    }
    for language in [first, second] {
        remove_empty_folders(&language);
        for page in files(&language, "html") {
            let page = language.join(page);
            write_file(&page, naming_shared(&read_file(&page)?, &names))?;
        }
    }
    Ok(())
}

/// The page with its `src` and `href` of shared files corrected.
fn naming_shared(page: &str, names: &[String]) -> String {
    let head_end = page.find("<main>").unwrap_or(page.len());
    let text_end = page.rfind("</main>").unwrap_or(page.len());
    let (head, rest) = page.split_at(head_end);
    let (text, foot) = rest.split_at(text_end.saturating_sub(head_end));
    let corrected = |part: &str| {
        names.iter().fold(part.to_owned(), |part, name| {
            ["src", "href"].into_iter().fold(part, |part, attribute| {
                part.replace(
                    &format!("{attribute}=\"{name}\""),
                    &format!("{attribute}=\"../shared/{name}\""),
                )
            })
        })
    };
    corrected(head) + text + &corrected(foot)
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
        let names = ["a.css".to_owned(), "b.js".to_owned()];
        let shared = r#"<link href="../shared/a.css"><main><a href="a.css"></a></main><script src="../shared/b.js"></script>"#;
        assert_eq!(naming_shared(page, &names), shared);
    }
}
