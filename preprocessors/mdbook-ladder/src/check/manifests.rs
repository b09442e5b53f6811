//! Checks manifests, and keeps what pages promise of them: `expect=CODE`, `fragment=PLACE`.

use super::{Checked, Options};
use crate::book::{self, Book};
use crate::fence::{Kind, Promise};
use crate::places::Located;
use ladder_manifest::{Finding, Report, Subject};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What pages say of the files that they include whole: file → promise.
pub(super) type Promises = BTreeMap<PathBuf, Promise>;

/// What the pages of a book say of the manifests that they include whole.
pub(super) fn promises(book: &Book) -> Promises {
    let mut promises = Promises::new();
    for page in book.all_pages() {
        for fence in &page.fences {
            if let (Kind::Manifest(promise), Some(include)) = (&fence.kind, fence.include)
                && page.includes[include].part.is_empty()
            {
                let kept = promises
                    .entry(page.includes[include].file.clone())
                    .or_default();
                if *promise != Promise::default() {
                    *kept = promise.clone();
                }
            }
        }
    }
    promises
}

/// Checks a file that was named by itself. Whether a book promises something of it is asked only where it matters.
pub(super) fn file_alone(path: &Path, text: &str, options: &Options, checked: &mut Checked) {
    let mut tried = Checked::default();
    file(path, text, &Promise::default(), options, &mut tried);
    if !tried.findings.is_empty()
        && let Some(promise) = promise_of(path)
    {
        return file(path, text, &promise, options, checked);
    }
    checked.findings.extend(tried.findings);
    checked.manifests += tried.manifests;
}

/// The promise of a file that was named by itself, if the book that holds it makes one.
fn promise_of(file: &Path) -> Option<Promise> {
    let root = book::root_of(file)?;
    let within = file
        .canonicalize()
        .ok()?
        .strip_prefix(&root)
        .ok()?
        .to_owned();
    promises(&Book::open(&root).ok()?).remove(&within)
}

/// Checks a file of manifests.
pub(super) fn file(
    file: &Path,
    text: &str,
    promise: &Promise,
    options: &Options,
    checked: &mut Checked,
) {
    let findings = findings(text, promise, options, &mut checked.manifests);
    let findings = match &promise.expect {
        // Whether the promise is kept is said where it is made: at the page's fence.
        Some(code) => findings
            .into_iter()
            .filter(|finding| finding.rule.code != code)
            .collect(),
        None => findings,
    };
    checked
        .findings
        .extend(findings.into_iter().map(|finding| Located {
            file: file.to_owned(),
            finding,
        }));
}

/// What is wrong with a text as manifests, or as the fragment that it is said to be.
pub(super) fn findings(
    text: &str,
    promise: &Promise,
    options: &Options,
    manifests: &mut usize,
) -> Vec<Finding> {
    if promise.ignore {
        return Vec::new();
    }
    let subject = match &promise.fragment {
        Some(place) => Subject::Fragment(place.clone()),
        None => Subject::Manifests,
    };
    let options = ladder_manifest::Options {
        versions: options.versions.clone(),
        subject,
    };
    let Report {
        findings,
        manifests: count,
        ..
    } = ladder_manifest::check(text, &options);
    *manifests += count;
    findings
}
