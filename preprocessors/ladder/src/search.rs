//! Writes what the search of one language looks in: the text of every section, as a script beside the pages.
//!
//! Knows pages and their sections. How a query is read and what it finds is the business of `theme/search.js` alone: the text
//! is scanned as it stands, so there is no list of words here that would have to cut Chinese in the same way as the browser.
//! A script and no JSON file, because a page that was opened from a folder may load nothing else.

use anyhow::Context;
use ladder_manifest::Language;
use mdbook_ladder::Page;
use serde::Serialize;
use std::fs;
use std::path::Path;

/// The script's name in the folder of a language; `theme/search.js` asks for it by this name.
pub(crate) const FILE: &str = "search-index.js";

/// Writes the sections of `pages`, in this order, into the folder of their language.
pub(crate) fn write(folder: &Path, language: Language, pages: &[&Page]) -> anyhow::Result<()> {
    let file = folder.join(FILE);
    fs::write(&file, script(language, pages)?)
        .with_context(|| format!("cannot write `{}`\nMake sure that the disk has room and the folder can be written to.", file.display()))
}

/// `window.ladderSearchIndex.zh = {"pages": …, "sections": …};`
fn script(language: Language, pages: &[&Page]) -> anyhow::Result<String> {
    let index = serde_json::to_string(&Index::of(pages))?;
    Ok(format!("(window.ladderSearchIndex ??= {{}}).{} = {index};\n", language.code()))
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
    fn of(pages: &[&'a Page]) -> Index<'a> {
        let mut index = Index { pages: Vec::new(), sections: Vec::new() };
        for (number, page) in pages.iter().enumerate() {
            index.pages.push((format!("{}.html", page.slug), &page.title));
            for section in page.sections() {
                let text = in_one_line(&section.text);
                index.sections.push((number, section.level, &section.id, in_one_line(&section.title), text));
            }
        }
        index
    }
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
    use mdbook_ladder::page::Dialect;

    fn page(slug: &str, text: &str) -> Page {
        Page::read(Path::new("."), Path::new(&format!("src/en/{slug}.md")), text, Dialect::default())
    }

    #[test]
    fn a_section_goes_from_its_heading_to_the_next() {
        let page = page("pods", "# Pods\n\nThe smallest\nunit.\n\n## Why {#why}\n\n```yaml\nkind:  Pod\n```\n");
        assert_eq!(
            script(Language::English, &[&page]).unwrap(),
            "(window.ladderSearchIndex ??= {}).en = {\"pages\":[[\"pods.html\",\"Pods\"]],\
             \"sections\":[[0,1,\"pods\",\"Pods\",\"The smallest unit.\"],[0,2,\"why\",\"Why\",\"kind: Pod\"]]};\n"
        );
    }

    #[test]
    fn the_text_of_the_book_cannot_end_the_script() {
        let page = page("odd", "# \"; alert(1); \\\n\n\u{2028} 容器\n");
        let script = script(Language::Chinese, &[&page]).unwrap();
        let json = script.split_once(" = ").unwrap().1.trim_end().trim_end_matches(';');
        let index: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(index["sections"][0][3], "\"; alert(1); \\");
        assert_eq!(index["sections"][0][4], "容器");
    }
}
