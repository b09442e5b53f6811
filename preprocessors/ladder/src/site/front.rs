//! The front page, in both languages at once, and the page for addresses that are not there.
//!
//! Knows the ladder, that is rungs and chapters with their titles; how it looks is `theme/front.hbs`.

use super::{fault, read_file, write_file};
use anyhow::{Context, Result};
use handlebars::Handlebars;
use ladder_manifest::Language;
use mdbook_ladder::Book;
use mdbook_ladder::book::Rank;
use serde::Serialize;
use std::path::Path;

/// What the front page offers besides the ladder.
#[derive(Clone, Copy, Default)]
pub(crate) struct Front {
    /// The size of the zip, if there is one beside the page.
    pub(crate) download: Option<u64>,
}

#[derive(Serialize)]
struct Data {
    palette: String,
    rungs: Vec<Rung>,
    download: Option<Download>,
}

#[derive(Serialize)]
struct Download {
    file: &'static str,
    size: String,
}

#[derive(Serialize)]
struct Rung {
    number: usize,
    zh: Link,
    en: Link,
    chapters: Vec<Chapter>,
}

#[derive(Serialize)]
struct Chapter {
    zh: Link,
    en: Link,
}

#[derive(Serialize)]
struct Link {
    /// Of a rung, what stands before the dot: `炼气`.
    title: String,
    /// Of a rung, what stands behind it: `入门`.
    label: String,
    address: String,
    /// The language of the title: the other one where the page is not translated yet.
    tag: &'static str,
}

/// Writes `index.html`, `404.html` and the icon of both.
pub(crate) fn write(book: &Book, site: &Path, front: Front) -> Result<()> {
    let theme = book.root.join("theme");
    let data = Data {
        palette: read_file(&theme.join("palette.css"))?,
        rungs: rungs(book),
        download: front.download.map(|bytes| Download {
            file: crate::offline::FILE,
            size: megabytes(bytes),
        }),
    };
    for (template, page) in [("front.hbs", "index.html"), ("not-found.hbs", "404.html")] {
        let file = theme.join(template);
        let mut handlebars = Handlebars::new();
        handlebars.set_strict_mode(true);
        let html = handlebars
            .render_template(&read_file(&file)?, &data)
            .with_context(|| fault("fault.template", &file))?;
        write_file(&site.join(page), html)?;
    }
    write_file(
        &site.join("favicon.svg"),
        read_file(&theme.join("favicon.svg"))?,
    )
}

fn rungs(book: &Book) -> Vec<Rung> {
    let mut rungs: Vec<Rung> = Vec::new();
    for entry in book.pages(Language::Chinese) {
        let [zh, en] = Language::ALL.map(|language| link(book, language, entry.slug));
        match (entry.rank, rungs.last_mut()) {
            (Rank::Preface, _) => {}
            (Rank::Chapter, Some(rung)) => rung.chapters.push(Chapter { zh, en }),
            (Rank::Rung | Rank::Chapter, _) => rungs.push(Rung {
                number: rungs.len() + 1,
                zh,
                en,
                chapters: Vec::new(),
            }),
        }
    }
    rungs
}

fn link(book: &Book, language: Language, slug: &str) -> Link {
    let own = book.page(language, slug).map(|page| (page, language));
    let found = own.or_else(|| {
        book.page(language.other(), slug)
            .map(|page| (page, language.other()))
    });
    let (title, tag) = found.map_or((slug, language.tag()), |(page, language)| {
        (page.title.as_str(), language.tag())
    });
    let (title, label) = title.split_once(" · ").unwrap_or((title, ""));
    Link {
        title: title.to_owned(),
        label: label.to_owned(),
        address: format!("{}/{slug}.html", language.code()),
        tag,
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_megabytes() {
        assert_eq!(megabytes(1_249_000), "1.2 MB");
    }
}
