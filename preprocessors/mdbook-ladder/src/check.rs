//! Checks a whole book, or one file, and tells all that is wrong with it.
//!
//! Decides which text is checked how, and where a finding belongs: a manifest that pages include is checked once, and what
//! is wrong with it is said of its own file. What is wrong with a manifest is `ladder-manifest`'s to say; what is wrong
//! with a list, a link or a pair of pages is said by [`crate::toc`], [`crate::links`] and [`crate::pair`].

mod fences;
mod manifests;
mod pages;

use crate::book::{self, Book};
use crate::page::Page;
use crate::places::{Located, Source};
use anyhow::Result;
use fences::Surroundings;
use ladder_manifest::{Severity, Version};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to check against.
#[derive(Clone, Debug)]
pub struct Options {
    /// The Kubernetes releases.
    pub versions: Vec<Version>,
}

impl Default for Options {
    /// The releases that Kubernetes supports now.
    fn default() -> Options {
        Options {
            versions: Version::SUPPORTED.to_vec(),
        }
    }
}

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// In the order of file and place; the same input gives the same list.
    pub findings: Vec<Located>,
    /// How many files were read for it.
    pub files: usize,
    /// How many manifests were checked.
    pub manifests: usize,
    /// The texts of the files that findings point into.
    pub texts: BTreeMap<PathBuf, Arc<str>>,
}

impl Checked {
    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|located| located.finding.rule.severity == severity)
            .count()
    }

    /// Takes in what another check found.
    pub fn merge(&mut self, other: Checked) {
        self.findings.extend(other.findings);
        self.files += other.files;
        self.manifests += other.manifests;
        self.texts.extend(other.texts);
        self.sort();
    }

    fn sort(&mut self) {
        let key = |located: &Located| {
            let finding = &located.finding;
            (
                located.file.clone(),
                finding.span.start,
                finding.span.end,
                finding.rule.code,
                finding.path.clone(),
            )
        };
        self.findings.sort_by_cached_key(key);
        // A file that two pages include is named twice by what is wrong with it.
        self.findings.dedup_by(|one, other| {
            key(one) == key(other) && one.finding.arguments == other.finding.arguments
        });
    }

    fn read(&mut self, file: &Path, text: &Arc<str>) {
        self.texts.insert(file.to_owned(), text.clone());
    }

    /// Reads the files that findings point into and that were not read as text, byte by byte as far as it goes.
    fn read_missing(&mut self, root: &Path) {
        for located in &self.findings {
            if !self.texts.contains_key(&located.file)
                && let Ok(bytes) = book::read(&root.join(&located.file))
            {
                let text = String::from_utf8_lossy(&bytes).into();
                self.texts.insert(located.file.clone(), text);
            }
        }
    }

    fn read_all(&mut self, sources: &[Source]) {
        for source in sources {
            self.read(&source.file, &source.text);
        }
    }
}

impl Book {
    /// Checks everything: pages, manifests, lists, pairs of pages, links.
    pub fn check(&self, options: &Options) -> Result<Checked> {
        pages::book(self, options)
    }
}

/// Checks one page of anybody's book: the manifests in its fences, its includes, links within it.
pub fn check_page(page: &Page, options: &Options) -> Checked {
    let mut checked = Checked {
        files: 1,
        ..Checked::default()
    };
    pages::page(page, options, &Default::default(), &mut checked);
    checked.sort();
    checked
}

/// Checks one file on its own, by its extension: `.md` as a page, anything else as manifests. `file` is the name that
/// findings bear; includes of a page are looked up from the folder of the book that holds it, or from its own folder.
pub fn check_file(file: &Path, bytes: &[u8], options: &Options) -> Checked {
    let mut checked = Checked {
        files: 1,
        ..Checked::default()
    };
    let text = match ladder_manifest::text(bytes) {
        Ok(text) => text,
        Err(finding) => {
            checked.read(file, &String::from_utf8_lossy(bytes).into());
            checked.findings.push(Located {
                file: file.to_owned(),
                finding: *finding,
            });
            return checked;
        }
    };
    if file.extension().is_some_and(|extension| extension == "md") {
        let surroundings = Surroundings::of(book::root_of(file));
        pages::page(
            &page_alone(file, text),
            options,
            &surroundings,
            &mut checked,
        );
    } else {
        checked.read(file, &text.into());
        manifests::file_alone(file, text, options, &mut checked);
    }
    checked.sort();
    checked
}

/// A page that was named by itself. Its findings bear names as the one that was given.
fn page_alone(file: &Path, text: &str) -> Page {
    let absolute = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let of_mdbook = absolute
        .ancestors()
        .find(|folder| folder.join("book.toml").is_file());
    let root = of_mdbook
        .or_else(|| absolute.parent())
        .unwrap_or(Path::new(""));
    let dialect = of_mdbook
        .and_then(|root| book::dialect(root).ok())
        .unwrap_or_default();
    let within = absolute.strip_prefix(root).unwrap_or(file).to_owned();
    let mut page = Page::read(root, &within, text, dialect);
    let given = given_root(file, &within);
    let renamed = |name: &Path| {
        if name == within {
            file.to_owned()
        } else {
            given.join(name)
        }
    };
    for source in &mut page.woven.sources {
        source.file = renamed(&source.file);
    }
    for located in &mut page.findings {
        located.file = renamed(&located.file);
    }
    page.file = file.to_owned();
    page
}

/// The root as the given name spells it: `book` for `book/src/zh/x.md`, which is `src/zh/x.md` within the book.
fn given_root(file: &Path, within: &Path) -> PathBuf {
    let depth = within.components().count();
    let mut root: Vec<_> = file.components().collect();
    if root.len() < depth {
        return (1..depth).map(|_| "..").collect();
    }
    root.truncate(root.len() - depth);
    root.into_iter().collect()
}
