//! Lists of one page's headings: what stands at `<!-- toc -->` and in doctoc blocks.
//!
//! The lines are made by mdbook-toc. It makes ids by a rule of its own, which is not quite mdBook's, so it is handed
//! headings that carry the right ids.

use crate::page::headings::{Heading, github_ids};
use crate::page::{ListPlace, Page};
use mdbook_preprocessor::book::Chapter;
use mdbook_toc::{Config, Toc};
use std::fmt::Write;

/// Whose ids a list links to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    /// The built page's.
    MdBook,
    /// The ones that GitHub gives when it shows the file.
    GitHub,
}

/// The list of the headings behind `place`, down to level 4, as markdown.
pub fn in_page(page: &Page, place: &ListPlace, ids: Ids) -> String {
    let github = match ids {
        Ids::MdBook => Vec::new(),
        Ids::GitHub => github_ids(&page.headings),
    };
    let id_of = |index: usize, heading: &Heading| {
        github
            .get(index)
            .cloned()
            .unwrap_or_else(|| heading.id.clone())
    };
    let headings = page.headings.iter().enumerate();
    let behind = headings.filter(|(_, heading)| heading.span.start >= place.span.end);
    list(behind.map(|(index, heading)| (heading, id_of(index, heading))))
}

/// A doctoc block with its list exchanged; its marks and its title line stay.
pub(super) fn doctoc(block: &str, list: &str) -> String {
    let mut lines = block.lines();
    let mut kept: Vec<&str> = lines.by_ref().take(1).collect();
    kept.extend(
        lines.clone().take_while(|line| {
            line.trim_start().starts_with("<!--") && !line.contains("END doctoc")
        }),
    );
    let title = lines
        .clone()
        .find(|line| line.trim_start().starts_with("**"));
    let end = block.lines().last().unwrap_or_default();
    let title = title
        .map(|title| format!("{title}\n\n"))
        .unwrap_or_default();
    let list = list
        .lines()
        .map(|line| line.replacen("* ", "- ", 1))
        .collect::<Vec<_>>()
        .join("\n");
    let gap = if list.is_empty() { "" } else { "\n\n" };
    format!("{}\n\n{title}{list}{gap}{end}", kept.join("\n"))
}

fn list<'h>(headings: impl Iterator<Item = (&'h Heading, String)>) -> String {
    const MARK: &str = "<!-- toc -->\n";
    let mut skeleton = String::from(MARK);
    // mdBook gives a heading of emoji alone no id at all: nothing could link to it.
    for (heading, id) in headings.filter(|(_, id)| !id.is_empty()) {
        let marks = "#".repeat(heading.level.into());
        let _ = write!(
            skeleton,
            "\n{marks} {} {{#{id}}}\n",
            begun_with_a_letter(&heading.markdown)
        );
    }
    let headings = skeleton[MARK.len()..].to_owned();
    let chapter = Chapter::new("", skeleton, "page.md", Vec::new());
    let made = Toc::add_toc(
        &chapter,
        &Config {
            marker: MARK.to_owned(),
            max_level: 4,
        },
    )
    .unwrap_or_default();
    made.strip_suffix(&headings)
        .unwrap_or_default()
        .trim_end()
        .to_owned()
}

/// mdbook-toc loses a backslash at the start of a heading: there the character is spelt by its number.
fn begun_with_a_letter(markdown: &str) -> String {
    let mut characters = markdown.strip_prefix('\\').unwrap_or_default().chars();
    match characters.next() {
        Some(first) => format!("&#{};{}", u32::from(first), characters.as_str()),
        None => markdown.to_owned(),
    }
}
