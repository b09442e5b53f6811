//! Compares a page in both languages: headings, included manifests, commands.
//!
//! What differs is said once, of the page that has something where the other has something else or nothing. Words are
//! free to differ.

use crate::book::Book;
use crate::console;
use crate::fence::Kind;
use crate::page::Page;
use crate::places::Located;
use crate::rules::{PAIR_COMMANDS, PAIR_HEADINGS, PAIR_MANIFESTS};
use ladder_manifest::{Finding, Language, Rule};
use std::ops::Range;
use std::path::PathBuf;

/// The pages that stand in both languages.
pub fn pairs(book: &Book) -> impl Iterator<Item = (&Page, &Page)> {
    let chinese = book
        .all_pages()
        .filter(|page| page.language == Some(Language::Chinese));
    chinese.filter_map(|page| Some((page, book.page(Language::English, &page.slug)?)))
}

/// Compares a pair. The first difference of each sort is enough: those behind it follow from it.
pub fn check(chinese: &Page, english: &Page, findings: &mut Vec<Located>) {
    compare(&PAIR_HEADINGS, chinese, english, headings, findings);
    compare(&PAIR_MANIFESTS, chinese, english, manifests, findings);
    compare(&PAIR_COMMANDS, chinese, english, commands, findings);
}

/// Something that both languages must have alike: what it is, and where it stands on disk.
type Item = (String, (PathBuf, Range<usize>));

fn compare(
    rule: &'static Rule,
    chinese: &Page,
    english: &Page,
    items: fn(&Page) -> Vec<Item>,
    findings: &mut Vec<Located>,
) {
    let (ours, theirs) = (items(chinese), items(english));
    let same = ours
        .iter()
        .zip(&theirs)
        .take_while(|(one, other)| one.0 == other.0)
        .count();
    // Said of the page that has something at that place, English if both have: the Chinese page is written first.
    let finding = |own: &Item, other: Option<&Item>, other_page: &Page| {
        let (file, span) = own.1.clone();
        let finding = Finding::new(rule, span)
            .saying(if other.is_some() { "general" } else { "absent" })
            .with("own", &own.0)
            .with("other", other.map_or("", |item| &item.0))
            .with("file", other_page.file.display().to_string());
        Located { file, finding }
    };
    match (ours.get(same), theirs.get(same)) {
        (None, None) => {}
        (ours, Some(own)) => findings.push(finding(own, ours, chinese)),
        (Some(own), None) => findings.push(finding(own, None, english)),
    }
}

fn on_disk(page: &Page, span: Range<usize>) -> (PathBuf, Range<usize>) {
    let (file, span) = page.woven.locate(span);
    (file.to_owned(), span)
}

fn headings(page: &Page) -> Vec<Item> {
    let heading = |heading: &crate::page::Heading| {
        let marks = "#".repeat(heading.level.into());
        // The id of the title is made of its words, which differ.
        let id = if heading.level == 1 && !heading.explicit {
            String::new()
        } else {
            format!(" {{#{}}}", heading.id)
        };
        (format!("{marks}{id}"), on_disk(page, heading.span.clone()))
    };
    page.headings.iter().map(heading).collect()
}

fn manifests(page: &Page) -> Vec<Item> {
    let name = |include: &crate::include::Include| {
        let part = if include.part.is_empty() {
            String::new()
        } else {
            format!(":{}", include.part)
        };
        (
            format!("{}{part}", include.file.display()),
            (page.file.clone(), include.named.clone()),
        )
    };
    page.includes.iter().map(name).collect()
}

fn commands(page: &Page) -> Vec<Item> {
    let mut commands = Vec::new();
    for fence in page
        .fences
        .iter()
        .filter(|fence| matches!(fence.kind, Kind::Console(_)))
    {
        for step in console::read(&fence.code).steps() {
            commands.push((
                step.command.clone(),
                on_disk(page, fence.in_page(step.span.clone())),
            ));
        }
    }
    commands
}
