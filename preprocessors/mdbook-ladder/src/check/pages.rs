//! Checks pages: what each holds, and what only a whole book can tell of them.
//!
//! Next: [`super::fences`].

use super::fences::{self, Surroundings};
use super::manifests;
use super::{Checked, Options};
use crate::book::{self, Book, ORDER};
use crate::page::Page;
use crate::places::Located;
use crate::rules::{
    DUPLICATE_ID, HEADING_ID, PAGE_MISSING, PAGE_TITLE, PAGE_UNLISTED, TOC_WITHOUT_PAGE,
};
use crate::{drawing, links, pair, toc};
use anyhow::Result;
use ladder_manifest::{Finding, Language};
use std::collections::BTreeSet;
use std::path::Path;

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
    for page_of_book in book.all_pages().filter(|page| book.is_text(page)) {
        page(page_of_book, options, &surroundings, &mut checked);
        headings_of_pair(page_of_book, &mut checked);
        links::check(book, page_of_book, &mut checked.findings);
        checked.files += 1;
    }
    for (chinese, english) in
        pair::pairs(book).filter(|(one, other)| book.is_text(one) && book.is_text(other))
    {
        pair::check(chinese, english, &mut checked.findings);
    }
    if book.order.is_known {
        listed(book, &mut checked);
        lists(book, &mut checked)?;
    }
    checked.read_missing(&book.root);
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
        Err(finding) => checked.findings.push(Located {
            file: file.to_owned(),
            finding: *finding,
        }),
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
    fences::check(page, options, surroundings, checked);
    duplicate_ids(page, checked);
    links::check_alone(page, &mut checked.findings);
    if let Some(root) = &surroundings.root {
        drawing::check(root, page, &mut checked.findings);
    }
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
