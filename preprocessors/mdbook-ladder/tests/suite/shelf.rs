//! Small books for tests: one that is right, with the files that a test wants otherwise.

use ladder_manifest::place::LineIndex;
use mdbook_ladder::{Book, Checked, Options, toc};
use std::path::Path;
use tempfile::TempDir;

/// A page in Chinese and in English that pairs, with a manifest and its command.
pub(crate) const CHINESE: &str = "# 标题\n\n## 开始 {#start}\n\n```yaml\n{{#include ../../manifests/pods/web.yaml}}\n```\n\n```console\n$ kubectl apply -f web.yaml\npod/web created\n```\n";
pub(crate) const ENGLISH: &str = "# Title\n\n## Start {#start}\n\n```yaml\n{{#include ../../manifests/pods/web.yaml}}\n```\n\n```console\n$ kubectl apply -f web.yaml\npod/web created\n```\n";
pub(crate) const MANIFEST: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:1.30\n";

/// A book on disk, gone at the end of the test.
pub(crate) struct Shelf {
    folder: TempDir,
}

impl Shelf {
    /// The right book with some files otherwise; its SUMMARY.md files are up to date.
    pub(crate) fn new(files: &[(&str, &str)]) -> Shelf {
        let shelf = Shelf {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        let right = [
            (
                "book.toml",
                "[book]\nsrc = \"src/zh\"\n[output.html]\nsmart-punctuation = false\n",
            ),
            ("src/toc.yaml", "- rung:\n    - pods\n"),
            ("src/zh/index.md", "# 前言\n"),
            ("src/en/index.md", "# Preface\n"),
            ("src/zh/rung.md", "# 炼气\n"),
            ("src/en/rung.md", "# First Breath\n"),
            ("src/zh/pods.md", CHINESE),
            ("src/en/pods.md", ENGLISH),
            ("manifests/pods/web.yaml", MANIFEST),
        ];
        for (file, text) in right.iter().chain(files) {
            shelf.write(file, text.as_bytes());
        }
        for change in toc::plan(&shelf.open())
            .expect("readable")
            .iter()
            .filter(|change| change.file.ends_with("SUMMARY.md"))
        {
            shelf.write(&change.file.to_string_lossy(), change.after.as_bytes());
        }
        shelf
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn open(&self) -> Book {
        Book::open(self.root()).expect("the book opens")
    }

    pub(crate) fn write(&self, file: &str, bytes: &[u8]) {
        let file = self.root().join(file);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, bytes).expect("a file");
    }

    pub(crate) fn remove(&self, file: &str) {
        std::fs::remove_file(self.root().join(file)).expect("a file");
    }

    /// The findings of the whole book as `file:line:column code`.
    pub(crate) fn findings(&self) -> Vec<String> {
        said(&self.open().check(&Options::default()).expect("readable"))
    }
}

/// Findings as `file:line:column code`, with the text that each points at.
pub(crate) fn said(checked: &Checked) -> Vec<String> {
    let one = |located: &mdbook_ladder::Located| {
        let text = checked.texts.get(&located.file).map_or("", |text| text);
        let finding = &located.finding;
        let place = LineIndex::new(text).place(finding.span.start);
        let pointed = text
            .get(finding.span.clone())
            .unwrap_or("?")
            .lines()
            .next()
            .unwrap_or_default();
        let file = located.file.to_string_lossy().replace('\\', "/");
        format!(
            "{file}:{}:{} {} `{pointed}`",
            place.line, place.column, finding.rule.code
        )
    };
    checked.findings.iter().map(one).collect()
}
