//! Reads `src/toc.yaml`: the one order of rungs and chapters.
//!
//! Slugs only; titles come from the pages.

use crate::rules::TOC_FORMAT;
use ladder_manifest::Finding;
use serde_saphyr::{Location, Spanned};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// The rungs, lowest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// In the order of the book.
    pub rungs: Vec<Rung>,
    /// Whether the file could be read: where not, nothing is said of pages without a place in it.
    pub is_known: bool,
}

/// A rung and its chapters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// The rung's own page.
    pub name: Name,
    /// In the order of the book.
    pub chapters: Vec<Name>,
}

/// A slug and where it stands in `src/toc.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The file name of the page without `.md`.
    pub slug: String,
    /// Bytes of `src/toc.yaml`.
    pub span: Range<usize>,
}

impl Order {
    /// Every slug in order, rungs before their chapters.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.rungs
            .iter()
            .flat_map(|rung| std::iter::once(&rung.name).chain(&rung.chapters))
    }
}

/// A rung as it is written: its name, and behind the colon its chapters, if it has any yet.
type Written = BTreeMap<String, Option<Vec<Spanned<String>>>>;

/// Reads the order. What cannot be read is a finding, and the order then empty.
pub fn read(text: &str) -> (Order, Vec<Finding>) {
    let items = match serde_saphyr::from_str::<Option<Vec<Written>>>(text) {
        Ok(items) => items.unwrap_or_default(),
        Err(error) => {
            let error = error.without_snippet();
            let at = error
                .location()
                .map_or(0..0, |location| place(text, &location));
            let finding = Finding::new(&TOC_FORMAT, at)
                .saying("general")
                .with("reason", first_line(&error.to_string()));
            return (Order::default(), vec![finding]);
        }
    };
    let mut order = Order {
        is_known: true,
        ..Order::default()
    };
    let mut from = 0;
    for (slug, chapters) in items.into_iter().flatten() {
        let span = key(text, &slug, from);
        from = span.end;
        let chapters = chapters.unwrap_or_default().into_iter();
        let chapters = chapters
            .map(|chapter| Name {
                span: place(text, &chapter.referenced),
                slug: chapter.value,
            })
            .collect();
        order.rungs.push(Rung {
            name: Name { slug, span },
            chapters,
        });
    }
    let findings = twice(&order);
    (order, findings)
}

/// A page can stand in one place only: mdBook refuses a second.
fn twice(order: &Order) -> Vec<Finding> {
    let mut seen = HashSet::from(["index"]);
    let repeated = order.names().filter(|name| !seen.insert(&name.slug));
    repeated
        .map(|name| {
            Finding::new(&TOC_FORMAT, name.span.clone())
                .saying("twice")
                .with("slug", &name.slug)
        })
        .collect()
}

/// Where a rung's key stands. Keys come in the order of the text, one a list item.
fn key(text: &str, slug: &str, from: usize) -> Range<usize> {
    let found = text[from..]
        .find(&format!("{slug}:"))
        .map_or(from, |at| from + at);
    found..(found + slug.len()).min(text.len())
}

fn place(text: &str, location: &Location) -> Range<usize> {
    let span = location.span();
    let Some(start) = span.byte_offset().map(|offset| offset as usize) else {
        // Errors of syntax know their line and column only.
        let line_start: usize = text
            .split_inclusive('\n')
            .take(location.line().saturating_sub(1) as usize)
            .map(str::len)
            .sum();
        let line = text[line_start..].lines().next().unwrap_or_default();
        let column = line
            .char_indices()
            .nth(location.column().saturating_sub(1) as usize);
        let start = line_start + column.map_or(line.len(), |(at, _)| at);
        return start..start;
    };
    let start = start.min(text.len());
    let end = start + span.byte_len().map_or(0, |length| length as usize);
    let written = text.get(start..end.min(text.len())).unwrap_or_default();
    start..start + written.trim_end().len()
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rungs_and_chapters_keep_their_order_and_place() {
        let text = "# order\n- first-breath:\n    - what\n    - nodes # two\n- foundation:\n";
        let (order, findings) = read(text);
        assert!(findings.is_empty(), "{findings:?}");
        let names: Vec<_> = order
            .names()
            .map(|name| (name.slug.as_str(), &text[name.span.clone()]))
            .collect();
        assert_eq!(
            names,
            [
                ("first-breath", "first-breath"),
                ("what", "what"),
                ("nodes", "nodes"),
                ("foundation", "foundation")
            ]
        );
    }

    #[test]
    fn a_slug_that_stands_twice_is_found_at_the_second() {
        let text = "- a:\n    - b\n    - a\n";
        let (_, findings) = read(text);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].span, 19..20);
    }

    #[test]
    fn what_is_no_list_of_rungs_is_a_finding() {
        for text in ["a: [", "- [b]", "x", "- a: 1"] {
            assert_eq!(read(text).1.len(), 1, "{text}");
        }
    }
}
