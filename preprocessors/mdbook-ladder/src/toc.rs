//! Everything that is derived from the pages' headings: the order of chapters, SUMMARY.md, lists within pages, README.md.
//!
//! Makes texts and says which files are behind; writing them is the command's job. Next: [`order`], then [`plan`].

mod lists;
pub mod order;
mod summary;

pub use lists::{Ids, in_page};
pub use order::Order;
pub use summary::{bilingual, summary};

use crate::book::{Book, Rank};
use crate::page::{ListKind, Page};
use crate::places::Located;
use crate::rules::TOC_STALE;
use anyhow::Result;
use ladder_manifest::{Finding, Language};
use std::path::{Path, PathBuf};

/// The first line of a bilingual list in README.md and in a preface.
pub const START: &str = "<!-- START ladder toc -->";
/// Its last line.
pub const END: &str = "<!-- END ladder toc -->";

/// A file that no longer says what the headings say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Relative to the book's root.
    pub file: PathBuf,
    /// What it holds; nothing where it is not there.
    pub before: Option<String>,
    /// What it should hold.
    pub after: String,
}

/// The files that are behind, sorted by name: none if everything is up to date.
pub fn plan(book: &Book) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for language in Language::ALL {
        let file = Path::new("src").join(language.code()).join("SUMMARY.md");
        let before = text_of(&book.root.join(&file))?;
        changes.push(Change {
            file,
            before,
            after: summary(book, language),
        });
    }
    for page in book.all_pages().filter(|page| book.is_text(page)) {
        let base = page.file.parent().unwrap_or(Path::new(""));
        let after = with_bilingual(book, &with_doctoc(page), base);
        changes.push(Change {
            file: page.file.clone(),
            before: Some(page.text().to_owned()),
            after,
        });
    }
    if let Some(readme) = text_of(&book.root.join("README.md"))? {
        let after = with_bilingual(book, &readme, Path::new(""));
        changes.push(Change {
            file: "README.md".into(),
            before: Some(readme),
            after,
        });
    }
    changes.retain(|change| change.before.as_ref() != Some(&change.after));
    changes.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(changes)
}

impl Change {
    /// The finding that the file is behind, at the first line that differs.
    pub fn found(&self) -> Located {
        let Some(before) = &self.before else {
            let finding = Finding::new(&TOC_STALE, 0..0)
                .saying("absent")
                .with("file", self.file.display().to_string());
            return Located {
                file: crate::book::ORDER.into(),
                finding,
            };
        };
        let same = before
            .split_inclusive('\n')
            .zip(self.after.split_inclusive('\n'))
            .take_while(|(old, new)| old == new);
        let start: usize = same.map(|(line, _)| line.len()).sum();
        let line = before[start..].lines().next().unwrap_or_default();
        let wanted = self
            .after
            .get(start..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default();
        let variant = if wanted.is_empty() {
            "surplus"
        } else {
            "general"
        };
        let finding = Finding::new(&TOC_STALE, start..start + line.len())
            .saying(variant)
            .with("wanted", wanted.trim());
        Located {
            file: self.file.clone(),
            finding,
        }
    }
}

/// The page's text with the lists of its doctoc blocks made anew, with the ids that GitHub gives the headings: a doctoc
/// block is what readers of the file see there. The built page gets a list with its own ids instead.
fn with_doctoc(page: &Page) -> String {
    let mut text = page.text().to_owned();
    for place in page
        .lists
        .iter()
        .rev()
        .filter(|place| place.kind == ListKind::Doctoc)
    {
        let (source, span) = page.woven.places.locate(place.span.clone());
        if source != 0 {
            continue;
        }
        let list = in_page(page, place, Ids::GitHub);
        let rebuilt = lists::doctoc(&text[span.clone()], &list);
        text.replace_range(span, &rebuilt);
    }
    text
}

/// A text with the list between [`START`] and [`END`] made anew; as it is where it has no such place.
fn with_bilingual(book: &Book, text: &str, base: &Path) -> String {
    let Some(start) = text.find(START).map(|at| at + START.len()) else {
        return text.to_owned();
    };
    let Some(end) = text[start..].find(END).map(|at| start + at) else {
        return text.to_owned();
    };
    format!(
        "{}\n\n{}\n{}",
        &text[..start],
        bilingual(book, base),
        &text[end..]
    )
}

/// The text of a file; nothing where it is not there or no text, which is not ours to overwrite.
fn text_of(file: &Path) -> Result<Option<String>> {
    if !file.exists() {
        return Ok(None);
    }
    Ok(String::from_utf8(crate::book::read(file)?).ok())
}

/// How far an entry of a list stands to the right.
fn indent(rank: Rank) -> &'static str {
    if rank == Rank::Chapter { "  " } else { "" }
}
