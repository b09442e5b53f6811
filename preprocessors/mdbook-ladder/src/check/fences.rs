//! Checks fences: that manifests keep what is promised of them, and that consoles can be read and run.
//!
//! Next: [`super::manifests`] for the manifests, [`crate::console`] for the consoles.

use super::manifests::{self, Promises};
use super::{Checked, Options};
use crate::console::{self, Console, shell::Word};
use crate::fence::{Fence, Kind, On, Promise};
use crate::include::directives;
use crate::page::Page;
use crate::rules::{EXPECT_UNMET, IGNORE_WITHOUT_REASON, MANIFEST_NOT_FOUND};
use ladder_manifest::Finding;
use std::collections::BTreeSet;
use std::ops::Range;
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

/// Checks every fence of a page.
pub(super) fn check(
    page: &Page,
    options: &Options,
    surroundings: &Surroundings,
    checked: &mut Checked,
) {
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
    // An include that failed is said where it stands; what is left in its place is no YAML.
    if directives(&fence.code).any(|directive| directive.name == "include") {
        return Vec::new();
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
fn missing_manifests(page: &Page, console: &Console, root: &Path) -> Vec<Finding> {
    let folder = format!("manifests/{}", page.slug);
    let mut findings = Vec::new();
    for step in console.steps() {
        for (file, range) in files_named(step.shell.words()) {
            if !root.join(&folder).join(file).exists() && !is_written(page, file) {
                let (_, span) = step.places.locate(range);
                findings.push(
                    Finding::new(&MANIFEST_NOT_FOUND, span)
                        .with("file", file)
                        .with("folder", &folder),
                );
            }
        }
    }
    findings
}

/// Whether the page itself has the reader write a file.
fn is_written(page: &Page, file: &str) -> bool {
    let mut consoles = page
        .fences
        .iter()
        .filter(|fence| matches!(fence.kind, Kind::Console(_)));
    consoles.any(|fence| {
        let console = console::read(&fence.code);
        console.steps().any(|step| {
            step.shell
                .writes
                .as_ref()
                .is_some_and(|written| written.text == file)
        })
    })
}

/// The files of `-f` and `--filename` in a kubectl command.
fn files_named(words: &[Word]) -> Vec<(&str, Range<usize>)> {
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
        match attached {
            Some(files) => add_files(files, word, &mut named),
            None if matches!(word.text.as_str(), "-f" | "--filename") => {
                let Some(word) = words.next() else { break };
                add_files(&word.text, word, &mut named);
            }
            None => {}
        }
    }
    named
}

/// Adds the files of a list at the end of a word, but for those that are elsewhere: standard input, the web, a variable.
fn add_files<'w>(files: &'w str, word: &Word, named: &mut Vec<(&'w str, Range<usize>)>) {
    // Within quotes bytes are counted otherwise: then the place is the whole word.
    let is_plain = word.span.len() == word.text.len();
    let mut start = word.span.end - files.len().min(word.span.len());
    for file in files.split(',') {
        let is_elsewhere = file == "-" || file.contains("://") || file.contains(['$', '<']);
        if !is_elsewhere {
            named.push((
                file,
                if is_plain {
                    start..start + file.len()
                } else {
                    word.span.clone()
                },
            ));
        }
        start += file.len() + 1;
    }
}
