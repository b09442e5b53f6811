//! Lists of the book's pages: SUMMARY.md of each language, and the list in both languages.

use super::indent;
use crate::book::{Book, Entry, Rank};
use crate::page::headings::escaped;
use ladder_manifest::Language;
use std::fmt::Write;
use std::path::Path;

/// The text of `src/LANGUAGE/SUMMARY.md`. A page that stands only in the other language is linked there: mdBook finds a
/// file, the preprocessor gives it its place in this language, and the link works in a repository browser too.
pub fn summary(book: &Book, language: Language) -> String {
    let mut summary = String::from(match language {
        Language::Chinese => {
            "# 目录\n\n<!-- 由 `ladder toc` 根据 src/toc.yaml 和各页标题写成，请勿手改。 -->\n\n"
        }
        Language::English => {
            "# Contents\n\n<!-- Written by `ladder toc` from src/toc.yaml and the titles of the pages. Do not edit. -->\n\n"
        }
    });
    for entry in book.pages(language) {
        let title = escaped(&entry.page.title);
        let file = if entry.translated {
            format!("{}.md", entry.slug)
        } else {
            format!("../{}/{}.md", language.other().code(), entry.slug)
        };
        let _ = match entry.rank {
            Rank::Preface => writeln!(summary, "[{title}]({file})\n"),
            rank => writeln!(summary, "{}- [{title}]({file})", indent(rank)),
        };
    }
    summary
}

/// The rungs and chapters with their titles in both languages, each a link to the page's file from the folder `base`.
pub fn bilingual(book: &Book, base: &Path) -> String {
    let mut list = String::new();
    for entry in book
        .pages(Language::Chinese)
        .iter()
        .filter(|entry| entry.rank != Rank::Preface)
    {
        let links: Vec<String> = Language::ALL
            .into_iter()
            .filter_map(|language| link(book, entry, language, base))
            .collect();
        let _ = writeln!(list, "{}- {}", indent(entry.rank), links.join(" / "));
    }
    list
}

fn link(book: &Book, entry: &Entry<'_>, language: Language, base: &Path) -> Option<String> {
    let page = book.page(language, entry.slug)?;
    let file = match page.file.strip_prefix(base) {
        Ok(file) => file.to_string_lossy().into_owned(),
        Err(_) => format!("../{}/{}.md", language.code(), entry.slug),
    };
    Some(format!(
        "[{}]({})",
        escaped(&page.title),
        file.replace('\\', "/")
    ))
}
