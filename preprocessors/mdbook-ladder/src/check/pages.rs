//! Checks pages: their fences, their console blocks, and what only a whole book can tell of them.

use super::manifests::{self, Promises};
use super::{Checked, Options};
use crate::book::{self, Book, ORDER};
use crate::console;
use crate::fence::{Fence, Kind, On, Promise};
use crate::page::Page;
use crate::places::Located;
use crate::rules::{
    DUPLICATE_ID, EXPECT_UNMET, HEADING_ID, IGNORE_WITHOUT_REASON, MANIFEST_NOT_FOUND,
    PAGE_MISSING, PAGE_TITLE, PAGE_UNLISTED, TOC_WITHOUT_PAGE,
};
use crate::{drawing, links, pair, toc};
use anyhow::Result;
use ladder_manifest::{Finding, Language};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a page is checked with.
#[derive(Default)]
pub(super) struct Surroundings {
    /// The book's root, where there is a book.
    pub(super) root: Option<PathBuf>,
    /// The files that are checked on their own, so that fences which include them are not.
    pub(super) files: BTreeSet<PathBuf>,
    /// What pages promise of those files.
    pub(super) promises: Promises,
}

impl Surroundings {
    /// For a page that was named by itself: of the book that it belongs to only the root.
    pub(super) fn of(root: Option<PathBuf>) -> Self {
        Surroundings {
            root,
            ..Surroundings::default()
        }
    }
}

/// Checks a whole book.
pub(super) fn book(book: &Book, options: &Options) -> Result<Checked> {
    let mut checked = Checked::default();
    checked.findings.extend(book.findings.iter().cloned());
    checked.read(Path::new(ORDER), &book.order_text);
    let surroundings = Surroundings {
        root: Some(book.root.clone()),
        files: book::files(&book.root, Path::new("manifests"), &["yaml", "yml", "json"])?
            .into_iter()
            .collect(),
        promises: manifests::promises(book),
    };
    for file in &surroundings.files {
        manifest(book, file, &surroundings, options, &mut checked)?;
    }
    for page_of_book in book.all_pages() {
        page(page_of_book, options, &surroundings, &mut checked);
        headings_of_pair(page_of_book, &mut checked);
        drawing::check(&book.root, page_of_book, &mut checked.findings);
        links::check(book, page_of_book, &mut checked.findings);
        checked.files += 1;
    }
    for (chinese, english) in pair::pairs(book) {
        pair::check(chinese, english, &mut checked.findings);
    }
    if book.order.is_known {
        listed(book, &mut checked);
        lists(book, &mut checked)?;
    }
    checked.sort();
    Ok(checked)
}

/// Lists that are behind.
fn lists(book: &Book, checked: &mut Checked) -> Result<()> {
    for change in toc::plan(book)? {
        if let Some(before) = &change.before {
            checked.read(&change.file, &before.as_str().into());
        }
        checked.findings.push(change.found());
    }
    Ok(())
}

fn manifest(
    book: &Book,
    file: &Path,
    surroundings: &Surroundings,
    options: &Options,
    checked: &mut Checked,
) -> Result<()> {
    let bytes = book::read(&book.root.join(file))?;
    checked.files += 1;
    match ladder_manifest::text(&bytes) {
        Ok(text) => {
            checked.read(file, &text.into());
            let promise = surroundings.promises.get(file).cloned().unwrap_or_default();
            manifests::file(file, text, &promise, options, checked);
        }
        Err(finding) => {
            checked.read(file, &String::from_utf8_lossy(&bytes).into());
            checked.findings.push(Located {
                file: file.to_owned(),
                finding: *finding,
            });
        }
    }
    Ok(())
}

/// Checks what a page holds by itself.
pub(super) fn page(
    page: &Page,
    options: &Options,
    surroundings: &Surroundings,
    checked: &mut Checked,
) {
    checked.read_all(&page.woven.sources);
    checked.findings.extend(page.findings.iter().cloned());
    for fence in &page.fences {
        let findings = match &fence.kind {
            Kind::Manifest(promise) => manifest_fence(
                page,
                fence,
                promise,
                options,
                surroundings,
                &mut checked.manifests,
            ),
            Kind::Console(on) => console_fence(page, fence, *on, surroundings),
            Kind::Other => Vec::new(),
        };
        checked.findings.extend(
            findings
                .into_iter()
                .map(|finding| page.woven.found(finding)),
        );
    }
    duplicate_ids(page, checked);
    links::check_alone(page, &mut checked.findings);
}

/// Findings at places of the page's text.
fn manifest_fence(
    page: &Page,
    fence: &Fence,
    promise: &Promise,
    options: &Options,
    surroundings: &Surroundings,
    manifests: &mut usize,
) -> Vec<Finding> {
    if promise.ignore {
        let has_reason = fence
            .comment
            .as_ref()
            .is_some_and(|comment| !page.woven.text[comment.clone()].trim().is_empty());
        return if has_reason {
            Vec::new()
        } else {
            vec![Finding::new(
                &IGNORE_WITHOUT_REASON,
                fence.info_span.clone(),
            )]
        };
    }
    let include = fence.include.map(|index| &page.includes[index]);
    let own_file = include.filter(|include| surroundings.files.contains(&include.file));
    let counted = &mut 0;
    let findings = if *promise != Promise::default()
        || include.is_some_and(|include| include.part.is_empty())
        || is_manifest(&fence.code)
    {
        manifests::findings(
            &fence.code,
            promise,
            options,
            if own_file.is_some() {
                counted
            } else {
                manifests
            },
        )
    } else {
        ladder_manifest::yaml::read(&fence.code).findings
    };
    match &promise.expect {
        Some(code) => expected(fence, code, findings),
        // What is wrong with a file is said when the file is checked.
        None if own_file.is_some() => Vec::new(),
        None => findings
            .into_iter()
            .map(|finding| fence.found(finding))
            .collect(),
    }
}

/// What a fence that promises a finding yields beyond it.
fn expected(fence: &Fence, code: &str, findings: Vec<Finding>) -> Vec<Finding> {
    let is_there = findings.iter().any(|finding| finding.rule.code == code);
    let others: Vec<Finding> = findings
        .into_iter()
        .filter(|finding| finding.rule.code != code)
        .collect();
    if is_there && others.is_empty() {
        return Vec::new();
    }
    let at = fence
        .info
        .find("expect=")
        .map_or(0, |at| at + "expect=".len())
        + fence.info_span.start;
    let codes: BTreeSet<&str> = others.iter().map(|finding| finding.rule.code).collect();
    let came = codes
        .into_iter()
        .map(|code| format!("`{code}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let variant = match (is_there, others.is_empty()) {
        (true, _) => "more",
        (false, true) => "nothing",
        (false, false) => "general",
    };
    let finding = Finding::new(&EXPECT_UNMET, at..at + code.len())
        .saying(variant)
        .with("code", code)
        .with("came", came);
    std::iter::once(finding)
        .chain(others.into_iter().map(|finding| fence.found(finding)))
        .collect()
}

/// Whether a text says of itself that it is a manifest. One that is broken is taken at its words.
fn is_manifest(code: &str) -> bool {
    let has = |key: &str| {
        code.lines().any(|line| {
            line.trim_start_matches(['{', ' ', '-', '"'])
                .starts_with(key)
        })
    };
    has("apiVersion") && has("kind")
}

/// Consoles are read in a bilingual book only: elsewhere nobody promised what stands in them.
fn console_fence(page: &Page, fence: &Fence, on: On, surroundings: &Surroundings) -> Vec<Finding> {
    let Some(root) = &surroundings.root else {
        return Vec::new();
    };
    let console = console::read(&fence.code);
    let mut findings = console.findings.clone();
    if on != On::Nothing {
        findings.extend(console::shell_findings(&console));
    }
    findings.extend(missing_manifests(page, &console, root));
    findings
        .into_iter()
        .map(|finding| fence.found(finding))
        .collect()
}

/// `kubectl … -f FILE` where the reader, who works in the page's folder of manifests, has no such file.
fn missing_manifests(page: &Page, console: &console::Console, root: &Path) -> Vec<Finding> {
    let folder = Path::new("manifests").join(&page.slug);
    let mut findings = Vec::new();
    for step in console.steps() {
        for (file, range) in files_named(step.shell.words()) {
            let written = written_files(page).any(|written| written == file);
            if !written && !root.join(&folder).join(file).exists() {
                let (_, span) = step.places.locate(range);
                let folder = folder.to_string_lossy().replace('\\', "/");
                findings.push(
                    Finding::new(&MANIFEST_NOT_FOUND, span)
                        .with("file", file)
                        .with("folder", folder),
                );
            }
        }
    }
    findings
}

/// The files that the page itself has the reader write.
fn written_files(page: &Page) -> impl Iterator<Item = String> {
    let consoles = page
        .fences
        .iter()
        .filter(|fence| matches!(fence.kind, Kind::Console(_)))
        .map(|fence| console::read(&fence.code));
    consoles.flat_map(|console| {
        console
            .steps()
            .filter_map(|step| step.shell.writes.clone())
            .map(|word| word.text)
            .collect::<Vec<_>>()
    })
}

/// The files of `-f` and `--filename` in a kubectl command.
fn files_named(words: &[console::shell::Word]) -> Vec<(&str, std::ops::Range<usize>)> {
    let is_kubectl = words.first().is_some_and(|word| word.text == "kubectl");
    // `kubectl logs -f` follows the log.
    if !is_kubectl || words.iter().any(|word| word.text == "logs") {
        return Vec::new();
    }
    let mut named = Vec::new();
    let mut words = words.iter().take_while(|word| word.text != "--");
    while let Some(word) = words.next() {
        let attached = ["--filename=", "-f="]
            .iter()
            .find_map(|option| word.text.strip_prefix(option));
        let file = match attached {
            Some(file) => Some((file, word.span.end - file.len()..word.span.end)),
            None if matches!(word.text.as_str(), "-f" | "--filename") => words
                .next()
                .map(|word| (word.text.as_str(), word.span.clone())),
            None => None,
        };
        let elsewhere = |file: &str| {
            file == "-" || file.contains("://") || file.contains('$') || file.contains('<')
        };
        named.extend(file.filter(|(file, _)| !elsewhere(file)));
    }
    named
}

fn duplicate_ids(page: &Page, checked: &mut Checked) {
    let mut seen = BTreeSet::new();
    for heading in &page.headings {
        if !seen.insert(&heading.id) && heading.explicit {
            let finding = Finding::new(&DUPLICATE_ID, heading.span.clone()).with("id", &heading.id);
            checked.findings.push(page.woven.found(finding));
        }
    }
}

/// What a page must keep so that the other language can pair with it.
fn headings_of_pair(page: &Page, checked: &mut Checked) {
    if page
        .headings
        .first()
        .is_none_or(|heading| heading.level != 1)
    {
        let at = page
            .headings
            .first()
            .map_or(0..0, |heading| heading.span.clone());
        checked
            .findings
            .push(page.woven.found(Finding::new(&PAGE_TITLE, at)));
    }
    for heading in page
        .headings
        .iter()
        .filter(|heading| heading.level >= 2 && !heading.explicit)
    {
        let finding =
            Finding::new(&HEADING_ID, heading.span.clone()).with("heading", &heading.text);
        checked.findings.push(page.woven.found(finding));
    }
}

/// Pages without a place in the order, and places without a page.
fn listed(book: &Book, checked: &mut Checked) {
    let listed: BTreeSet<&str> = book
        .order
        .names()
        .map(|name| name.slug.as_str())
        .chain(["index"])
        .collect();
    for page in book
        .all_pages()
        .filter(|page| !listed.contains(page.slug.as_str()))
    {
        let finding = Finding::new(&PAGE_UNLISTED, 0..0).with("slug", &page.slug);
        checked.findings.push(Located {
            file: page.file.clone(),
            finding,
        });
    }
    for name in book.order.names() {
        let missing: Vec<Language> = Language::ALL
            .into_iter()
            .filter(|language| book.page(*language, &name.slug).is_none())
            .collect();
        let finding = match missing[..] {
            [] => continue,
            [language] => {
                let file = format!("src/{}/{}.md", language.code(), name.slug);
                Finding::new(&PAGE_MISSING, name.span.clone())
                    .with("file", file)
                    .saying(language.code())
                    .advising(language.code())
            }
            _ => Finding::new(&TOC_WITHOUT_PAGE, name.span.clone()),
        };
        checked.findings.push(Located {
            file: ORDER.into(),
            finding: finding.with("slug", &name.slug),
        });
    }
}
