//! The words of mdBook's interface in Chinese: mdBook has them in English only, in its template, its script and its renderer.
//!
//! Knows `theme/words.toml` and where in HTML or JavaScript a phrase stands whole.

use super::template::{Files, optional};
use super::{fault, fault_with};
use anyhow::{Context, Result};
use ladder_manifest::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Where a book says what mdBook's words are in Chinese.
const WORDS: &str = "theme/words.toml";

/// English phrases and their Chinese.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Phrases {
    template: BTreeMap<String, String>,
    script: BTreeMap<String, String>,
    admonition: BTreeMap<String, String>,
}

impl Phrases {
    /// Reads the words of the book in `root`; none if it has no such file.
    pub(super) fn read(root: &Path) -> Result<Phrases> {
        let Some(text) = optional(&root.join(WORDS))? else {
            return Ok(Phrases::default());
        };
        toml::from_str(&text).with_context(|| fault("fault.table", Path::new(WORDS)))
    }

    /// The files in the words of a language.
    pub(super) fn said_in(&self, language: Language, mut files: Files) -> Result<Files> {
        if language == Language::Chinese {
            for (name, words) in [("index.hbs", &self.template), ("book.js", &self.script)] {
                let Some(text) = files.get_mut(name) else {
                    continue;
                };
                for (english, chinese) in words {
                    *text = replaced(text, english, chinese).with_context(|| {
                        fault_with(
                            "fault.phrase",
                            Path::new(WORDS),
                            &[("file", name), ("piece", english)],
                        )
                    })?;
                }
            }
        }
        Ok(files)
    }

    /// A rendered page with the titles of its admonitions (`> [!NOTE]`) in Chinese.
    pub(super) fn with_admonitions(&self, page: &str) -> String {
        const TITLE: &str = "<p class=\"blockquote-tag-title\">";
        let mut said = String::with_capacity(page.len());
        let mut rest = page;
        while let Some(at) = rest.find(TITLE) {
            let end = rest[at..].find("</p>").map_or(rest.len(), |end| at + end);
            let start = rest[at..end].rfind('>').map_or(end, |icon| at + icon + 1);
            let title = rest[start..end].trim();
            said.push_str(&rest[..start]);
            said.push_str(self.admonition.get(title).map_or(title, String::as_str));
            rest = &rest[end..];
        }
        said + rest
    }
}

/// The text with a phrase replaced wherever it stands whole between tags or quotes; `None` if it does so nowhere.
fn replaced(text: &str, phrase: &str, by: &str) -> Option<String> {
    let mut result = text.to_owned();
    for (before, after) in [(">", "<"), ("\"", "\""), ("'", "'")] {
        result = result.replace(
            &format!("{before}{phrase}{after}"),
            &format!("{before}{by}{after}"),
        );
    }
    (result != text).then_some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_replaced_only_where_it_stands_whole() {
        let text = r#"<b title="Light">Light</b> Lighter 'Light'"#;
        assert_eq!(
            replaced(text, "Light", "浅色").as_deref(),
            Some(r#"<b title="浅色">浅色</b> Lighter '浅色'"#)
        );
        assert_eq!(replaced(text, "Dark", "深色"), None);
    }

    #[test]
    fn an_admonition_keeps_its_icon_and_its_text() {
        let words = Phrases {
            admonition: BTreeMap::from([("Note".into(), "说明".into())]),
            ..Phrases::default()
        };
        let page = "<blockquote><p class=\"blockquote-tag-title\"><svg><path></path></svg>Note</p>\n<p>Note: Note</p></blockquote>";
        let said = "<blockquote><p class=\"blockquote-tag-title\"><svg><path></path></svg>说明</p>\n<p>Note: Note</p></blockquote>";
        assert_eq!(words.with_admonitions(page), said);
    }
}
