//! Writes what the search of one language looks in: the text of every section, as a script beside the pages.
//!
//! Knows pages and their sections. How a query is read and what it finds is the business of `theme/search.js` alone: the text
//! is scanned as it stands, so there is no list of words here that would have to cut Chinese in the same way as the browser.
//! A script and no JSON file, because a page that was opened from a folder may load nothing else.

use crate::site::fault;
use anyhow::Context;
use ladder_manifest::Language;
use mdbook_ladder::book::{Book, Entry};
use mdbook_ladder::drawing;
use serde::Serialize;
use std::fs;
use std::path::Path;

/// The script's name in the folder of a language; `theme/search.js` asks for it by this name.
pub(crate) const FILE: &str = "search-index.js";

/// Writes the sections of a language's pages, in the order of the book, into the folder of the language. A page that stands only
/// in the other language is found in both, as it is shown in both.
pub(crate) fn write(folder: &Path, language: Language, book: &Book) -> anyhow::Result<()> {
    let caption =
        |name: &str| drawing::figure(&book.root, name, language).map(|figure| caption_of(&figure));
    let file = folder.join(FILE);
    fs::write(&file, script(language, &book.pages(language), caption)?)
        .with_context(|| fault("fault.site-write", &file))
}

/// `(…).zh = {"pages": …, "sections": …};`, a statement that adds a language to those that are there.
fn script(
    language: Language,
    pages: &[Entry<'_>],
    caption: impl Fn(&str) -> Option<String>,
) -> anyhow::Result<String> {
    let index = serde_json::to_string(&Index::of(pages, caption))?;
    Ok(format!(
        "(window.ladderSearchIndex ??= {{}}).{} = {index};\n",
        language.code()
    ))
}

/// Tuples, because the names of fields would be a fifth of the file.
#[derive(Serialize)]
struct Index<'a> {
    /// Address and title.
    pages: Vec<(String, &'a str)>,
    /// Number of the page, level and id of the heading (0 and nothing for what stands before the first), its text, and the text
    /// below it.
    sections: Vec<(usize, u8, &'a str, String, String)>,
}

impl<'a> Index<'a> {
    fn of(pages: &[Entry<'a>], caption: impl Fn(&str) -> Option<String>) -> Index<'a> {
        let mut index = Index {
            pages: Vec::new(),
            sections: Vec::new(),
        };
        for (number, entry) in pages.iter().enumerate() {
            index
                .pages
                .push((format!("{}.html", entry.slug), &entry.page.title));
            for section in entry.page.sections() {
                let text = in_one_line(&with_captions(&section.text, &caption));
                index.sections.push((
                    number,
                    section.level,
                    &section.id,
                    in_one_line(&section.title),
                    text,
                ));
            }
        }
        index
    }
}

/// The text with the caption of each drawing where the drawing stands: what a reader sees of `{{#drawing NAME}}`.
fn with_captions(text: &str, caption: impl Fn(&str) -> Option<String>) -> String {
    let mut captioned = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, directive)) = rest.split_once("{{#drawing ") {
        captioned.push_str(before);
        let (name, after) = directive.split_once("}}").unwrap_or((directive, ""));
        captioned.push_str(&caption(name.trim()).unwrap_or_default());
        rest = after;
    }
    captioned + rest
}

/// The caption of a figure, as text.
fn caption_of(figure: &str) -> String {
    let caption = figure
        .split_once("<figcaption>")
        .and_then(|(_, rest)| rest.split_once("</figcaption>"));
    let mut text = caption
        .map(|(caption, _)| caption.to_owned())
        .unwrap_or_default();
    for (escape, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#123;", "{"),
        ("&amp;", "&"),
    ] {
        text = text.replace(escape, letter);
    }
    text
}

/// The text with every run of blanks as one space, as the browser shows it and as a query is read.
fn in_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use mdbook_ladder::Page;
    use mdbook_ladder::book::Rank;
    use mdbook_ladder::page::Dialect;

    fn script_of(language: Language, slug: &str, text: &str) -> String {
        let page = Page::read(
            Path::new("."),
            Path::new(&format!("src/en/{slug}.md")),
            text,
            Dialect::default(),
        );
        let entry = Entry {
            slug,
            rank: Rank::Chapter,
            page: &page,
            translated: true,
        };
        script(language, &[entry], |name| Some(format!("[{name}]"))).unwrap()
    }

    #[test]
    fn a_section_goes_from_its_heading_to_the_next() {
        assert_eq!(
            script_of(
                Language::English,
                "pods",
                "# Pods\n\nThe smallest\nunit.\n\n## Why {#why}\n\n```yaml\nkind:  Pod\n```\n"
            ),
            "(window.ladderSearchIndex ??= {}).en = {\"pages\":[[\"pods.html\",\"Pods\"]],\
             \"sections\":[[0,1,\"pods\",\"Pods\",\"The smallest unit.\"],[0,2,\"why\",\"Why\",\"kind: Pod\"]]};\n"
        );
    }

    #[test]
    fn a_drawing_is_found_by_its_caption() {
        let script = script_of(
            Language::English,
            "pods",
            "# Pods\n\nBefore.\n\n{{#drawing two-containers}}\n\nAfter.\n",
        );
        assert!(
            script.contains("\"Before. [two-containers] After.\""),
            "{script}"
        );
        assert_eq!(
            caption_of("<figure><title>A</title><figcaption>A &amp; B</figcaption></figure>"),
            "A & B"
        );
    }

    #[test]
    fn the_text_of_the_book_cannot_end_the_script() {
        let script = script_of(
            Language::Chinese,
            "odd",
            "# `\"; alert(1); \\`\n\n\u{2028} 容器\n",
        );
        let json = script
            .split_once(" = ")
            .unwrap()
            .1
            .trim_end()
            .trim_end_matches(';');
        let index: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(index["sections"][0][3], "\"; alert(1); \\");
        assert_eq!(index["sections"][0][4], "容器");
    }
}
