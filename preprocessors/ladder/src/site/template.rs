//! mdBook's own page template and script with the changes that `theme/template.toml` names, in the words of a language.
//!
//! Starts from the files in the mdBook that is linked in, so that what is not named follows mdBook; a piece to change that is
//! not there any more stops the build. Next: `phrases.rs`.

use super::phrases::Phrases;
use super::{copy, fault, fault_with, read_file, write_file};
use anyhow::{Context, Result};
use ladder_manifest::Language;
use mdbook_driver::config::HtmlConfig;
use mdbook_html::theme::Theme;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Where a book says what differs from mdBook's template.
const CHANGES: &str = "theme/template.toml";

/// Texts by the names under which mdBook looks for them in a theme's folder.
pub(super) type Files = BTreeMap<&'static str, String>;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    #[serde(default)]
    change: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    #[serde(rename = "why")]
    _why: String,
    file: String,
    from: String,
    to: String,
}

/// The files of mdBook itself that a theme here may change. mdBook hands them out only as files, hence the `scratch` folder.
pub(super) fn of_mdbook(scratch: &Path) -> Result<Files> {
    let mut html = HtmlConfig::default();
    html.theme = Some("mdbook".into());
    Theme::copy_theme(&html, scratch).with_context(|| fault("fault.scratch", scratch))?;
    ["index.hbs", "book.js"]
        .into_iter()
        .map(|name| Ok((name, read_file(&scratch.join("mdbook").join(name))?)))
        .collect()
}

/// Writes into `folder` the theme of a language: `theme/` of the book, and the changed files of mdBook where it has none.
pub(super) fn write(
    original: &Files,
    root: &Path,
    language: Language,
    folder: &Path,
) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| fault("fault.scratch", folder))?;
    copy::folder(&root.join("theme"), folder, "drawings")?; // which are put into pages, not beside them
    let changed = changed(original, root)?;
    let words = Phrases::read(root)?;
    for (name, text) in words.said_in(language, changed)? {
        let file = folder.join(name);
        if !file.exists() {
            write_file(&file, text)?;
        }
    }
    Ok(())
}

fn changed(original: &Files, root: &Path) -> Result<Files> {
    let mut files = original.clone();
    let Some(text) = optional(&root.join(CHANGES))? else {
        return Ok(files);
    };
    let changes: Changes =
        toml::from_str(&text).with_context(|| fault("fault.table", Path::new(CHANGES)))?;
    for Change { file, from, to, .. } in changes.change {
        let Some(text) = files.get_mut(file.as_str()) else {
            let known = original.keys().copied().collect::<Vec<_>>().join(", ");
            return Err(fault_with(
                "fault.change-file",
                Path::new(CHANGES),
                &[("file", &file), ("known", &known)],
            ));
        };
        if text.matches(&from).count() != 1 {
            return Err(fault_with(
                "fault.change",
                Path::new(CHANGES),
                &[("file", &file), ("piece", &from)],
            ));
        }
        *text = text.replacen(&from, &to, 1);
    }
    Ok(files)
}

/// The text of a file that a book need not have.
pub(super) fn optional(file: &Path) -> Result<Option<String>> {
    file.is_file().then(|| read_file(file)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_and_every_word_finds_its_place_in_mdbook() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let original = of_mdbook(scratch.path()).expect("mdBook's templates");
        for language in Language::ALL {
            write(
                &original,
                &root,
                language,
                &scratch.path().join(language.code()),
            )
            .expect("a theme");
        }
    }

    #[test]
    fn a_piece_that_mdbook_does_not_have_is_named() {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(root.path().join("theme")).expect("a folder");
        let change = "[[change]]\nwhy = 'test'\nfile = 'index.hbs'\nfrom = '<blink>'\nto = ''\n";
        fs::write(root.path().join(CHANGES), change).expect("a file");
        let files = Files::from([("index.hbs", "<p>".to_owned())]);
        let error = changed(&files, root.path()).expect_err("nothing to change");
        assert!(error.to_string().contains("<blink>"), "{error}");
    }
}
