//! Reads a bilingual book: its order, and every page in each language.
//!
//! Knows which files make a book and what `src/toc.yaml` says of their order. What is wrong with a page or with the order
//! is a finding; only a machine's fault (a file that cannot be opened) is an error. Next: [`crate::check`].

use crate::page::{Dialect, Page};
use crate::places::Located;
use crate::toc::{Order, order};
use anyhow::{Context, Result, bail};
use ladder_manifest::Language;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// The file that says in which order the pages stand.
pub const ORDER: &str = "src/toc.yaml";

/// A book, read from disk at one moment.
#[derive(Debug)]
pub struct Book {
    /// The folder of `book.toml`.
    pub root: PathBuf,
    /// The order of rungs and chapters.
    pub order: Order,
    /// The text of `src/toc.yaml`.
    pub order_text: Arc<str>,
    /// What was wrong already when the book was read: its order, files that are no text.
    pub findings: Vec<Located>,
    pages: BTreeMap<(Language, String), Page>,
}

/// A page at its place in the order.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'b> {
    /// What pairs the languages.
    pub slug: &'b str,
    /// The preface, a rung, or a chapter.
    pub rank: Rank,
    /// The page to show: the other language's, where this one has none.
    pub page: &'b Page,
    /// Whether `page` is in the language that was asked for.
    pub translated: bool,
}

/// What a page is in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// `index.md`, before all others.
    Preface,
    /// A rung of the ladder.
    Rung,
    /// A chapter of the rung before it.
    Chapter,
}

impl Book {
    /// Reads the book in `root`.
    pub fn open(root: &Path) -> Result<Book> {
        let order_file = root.join(ORDER);
        let bytes = std::fs::read(&order_file).with_context(|| {
            format!("`{}` cannot be read\nRun this in the folder of the book, where book.toml and {ORDER} are.", order_file.display())
        })?;
        let mut book = Book {
            root: root.to_owned(),
            order: Order::default(),
            order_text: "".into(),
            findings: Vec::new(),
            pages: BTreeMap::new(),
        };
        match ladder_manifest::text(&bytes) {
            Ok(text) => {
                let (order, findings) = order::read(text);
                (book.order, book.order_text) = (order, text.into());
                book.findings
                    .extend(findings.into_iter().map(|finding| Located {
                        file: ORDER.into(),
                        finding,
                    }));
            }
            Err(finding) => book.findings.push(Located {
                file: ORDER.into(),
                finding: *finding,
            }),
        }
        let dialect = dialect(root)?;
        for language in Language::ALL {
            book.read_pages(language, dialect)?;
        }
        Ok(book)
    }

    /// The pages of a language in the order of the book: preface, then each rung and its chapters. A page that stands
    /// only in the other language is there in that one.
    pub fn pages(&self, language: Language) -> Vec<Entry<'_>> {
        let preface = std::iter::once(("index", Rank::Preface));
        let rungs = self.order.rungs.iter().flat_map(|rung| {
            let chapters = rung
                .chapters
                .iter()
                .map(|chapter| (chapter.slug.as_str(), Rank::Chapter));
            std::iter::once((rung.name.slug.as_str(), Rank::Rung)).chain(chapters)
        });
        preface
            .chain(rungs)
            .filter_map(|(slug, rank)| self.entry(language, slug, rank))
            .collect()
    }

    /// The page of a slug in a language, if it has one.
    pub fn page(&self, language: Language, slug: &str) -> Option<&Page> {
        self.pages.get(&(language, slug.to_owned()))
    }

    /// The page of a file, if it is one of the book's.
    pub fn page_at(&self, file: &Path) -> Option<&Page> {
        self.all_pages().find(|page| page.file == file)
    }

    /// Every page that was read, in the order of language and slug, listed or not.
    pub fn all_pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.values()
    }

    /// Whether a page's file is text: where not, a finding says so, and nothing else is said of it or written to it.
    pub fn is_text(&self, page: &Page) -> bool {
        !self
            .findings
            .iter()
            .any(|located| located.file == page.file)
    }

    /// The text of `src/LANGUAGE/SUMMARY.md` as it should be.
    pub fn summary(&self, language: Language) -> String {
        crate::toc::summary(self, language)
    }

    fn entry<'b>(&'b self, language: Language, slug: &'b str, rank: Rank) -> Option<Entry<'b>> {
        let own = self.page(language, slug);
        let page = own.or_else(|| self.page(language.other(), slug))?;
        Some(Entry {
            slug,
            rank,
            page,
            translated: own.is_some(),
        })
    }

    fn read_pages(&mut self, language: Language, dialect: Dialect) -> Result<()> {
        let folder = Path::new("src").join(language.code());
        for file in files(&self.root, &folder, &["md"])? {
            if file.file_name().is_some_and(|name| name == "SUMMARY.md") {
                continue;
            }
            let slug = file
                .strip_prefix(&folder)
                .unwrap_or(&file)
                .with_extension("");
            let slug = slug.to_string_lossy().replace('\\', "/");
            let bytes = read(&self.root.join(&file))?;
            // A page that is no text is there all the same: its title, as far as it goes, keeps the lists as they are.
            let text = String::from_utf8_lossy(&bytes);
            let page = Page::read(&self.root, &file, &text, dialect);
            let page = Page {
                slug: slug.clone(),
                language: Some(language),
                ..page
            };
            self.pages.insert((language, slug), page);
            if let Err(finding) = ladder_manifest::text(&bytes) {
                self.findings.push(Located {
                    file,
                    finding: *finding,
                });
            }
        }
        Ok(())
    }
}

/// The nearest folder at or above `path` that holds a bilingual book, if there is one.
pub fn root_of(path: &Path) -> Option<PathBuf> {
    let path = path.canonicalize().ok()?;
    path.ancestors()
        .find(|folder| folder.join("book.toml").is_file() && folder.join(ORDER).is_file())
        .map(Path::to_owned)
}

/// The files below `root/folder` with one of the extensions, relative to `root`, sorted. No folder, no files. A symbolic
/// link to a folder is not followed, so that none is walked twice; one to a file must stay in the book.
pub(crate) fn files(root: &Path, folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let start = root.join(folder);
    if !start.is_dir() {
        return Ok(Vec::new());
    }
    let canonical_root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let stays = |path: &Path| {
        path.canonicalize()
            .is_ok_and(|file| file.is_file() && file.starts_with(&canonical_root))
    };
    let mut found = Vec::new();
    for entry in WalkDir::new(&start).sort_by_file_name() {
        let entry = entry.with_context(|| {
            format!(
                "the folder `{}` cannot be read\nCheck that you may open all in it.",
                start.display()
            )
        })?;
        let extension = entry
            .path()
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        let is_file =
            entry.file_type().is_file() || (entry.path_is_symlink() && stays(entry.path()));
        if is_file && extensions.contains(&extension) {
            found.push(
                entry
                    .path()
                    .strip_prefix(root)
                    .unwrap_or(entry.path())
                    .to_owned(),
            );
        }
    }
    Ok(found)
}

pub(crate) fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).with_context(|| {
        format!(
            "`{}` cannot be read\nCheck that the file is there and that you may open it.",
            file.display()
        )
    })
}

/// What `book.toml` says of the markdown; mdBook's own where there is no such file.
pub(crate) fn dialect(root: &Path) -> Result<Dialect> {
    let file = root.join("book.toml");
    if !file.is_file() {
        return Ok(Dialect::default());
    }
    let text = String::from_utf8(read(&file)?)
        .with_context(|| format!("`{}` is not UTF-8\nSave it as UTF-8.", file.display()))?;
    match text.parse::<toml::Table>() {
        Ok(table) => Ok(Dialect::of(|key| {
            table.get("output")?.get("html")?.get(key)?.as_bool()
        })),
        Err(error) => bail!(
            "`{}` is no TOML: {}\nCorrect the file; mdBook refuses it too.",
            file.display(),
            error.message()
        ),
    }
}
