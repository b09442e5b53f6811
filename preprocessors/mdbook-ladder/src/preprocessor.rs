//! The mdBook preprocessor: pages in, pages with runnable blocks, drawings and lists out.
//!
//! The same code runs as `mdbook-ladder` in a plain mdBook and in process in `ladder build`. In anybody's book, without
//! `src/toc.yaml`, only fences and includes are checked.

use crate::book::{self, Book};
use crate::check::{self, Checked, Options};
use crate::html;
use crate::page::{Dialect, Page};
use anyhow::{Result, bail};
use ladder_manifest::place::LineIndex;
use ladder_manifest::{Language, Severity};
use mdbook_preprocessor::book::{Book as Chapters, BookItem, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The preprocessor.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    book: Option<Arc<Book>>,
}

impl Ladder {
    /// For mdBook: reads and checks the book itself, and says on standard error what is wrong.
    pub fn new() -> Ladder {
        Ladder::default()
    }

    /// For a book that was read and checked already: only makes the pages.
    pub fn of(book: Arc<Book>) -> Ladder {
        Ladder { book: Some(book) }
    }
}

impl Preprocessor for Ladder {
    fn name(&self) -> &str {
        "ladder"
    }

    fn run(
        &self,
        context: &PreprocessorContext,
        mut chapters: Chapters,
    ) -> mdbook_preprocessor::errors::Result<Chapters> {
        let language = language_of(context);
        let scribe = Scribe {
            root: &context.root,
            source: context.config.book.src.clone(),
            language,
            dialect: dialect_of(context),
            pages: HashMap::new(),
        };
        if self.book.is_none() {
            let checked = checked(&scribe, &chapters)?;
            report(&checked, language);
            let errors = checked.count(Severity::Error);
            if errors > 0 {
                bail!("{errors} errors in the pages");
            }
        }
        chapters.for_each_chapter_mut(|chapter| scribe.write(chapter));
        Ok(chapters)
    }

    fn supports_renderer(&self, renderer: &str) -> mdbook_preprocessor::errors::Result<bool> {
        Ok(renderer != "not-supported")
    }
}

/// Writes the chapters of one language.
struct Scribe<'c> {
    root: &'c Path,
    source: PathBuf,
    language: Language,
    dialect: Dialect,
    pages: HashMap<PathBuf, Page>,
}

impl Scribe<'_> {
    /// The page of a chapter. Its text is the one that mdBook has, which another preprocessor may have changed.
    fn page(&self, chapter: &Chapter) -> Option<Page> {
        let within = chapter.source_path.as_ref().or(chapter.path.as_ref())?;
        let file = crate::include::tidy(&self.source.join(within))?;
        Some(
            self.pages
                .get(&file)
                .cloned()
                .unwrap_or_else(|| Page::read(self.root, &file, &chapter.content, self.dialect)),
        )
    }

    fn write(&self, chapter: &mut Chapter) {
        let Some(page) = self.page(chapter) else {
            return;
        };
        chapter.content = html::render(self.root, &page, self.language);
        // SUMMARY.md names the other language's file where a page is not translated.
        let elsewhere = page
            .language
            .filter(|language| *language != self.language && self.is_bilingual());
        if elsewhere.is_some() {
            chapter
                .content
                .insert_str(0, &html::missing_translation(self.language));
            chapter.path = page.file.file_name().map(PathBuf::from);
        }
    }

    fn is_bilingual(&self) -> bool {
        Language::from_code(
            &self
                .source
                .file_name()
                .unwrap_or_default()
                .to_string_lossy(),
        )
        .is_some()
    }
}

fn checked(scribe: &Scribe<'_>, chapters: &Chapters) -> Result<Checked> {
    if scribe.root.join(book::ORDER).is_file() {
        return Book::open(scribe.root)?.check(&Options::default());
    }
    let mut checked = Checked::default();
    for item in chapters.iter() {
        if let BookItem::Chapter(chapter) = item
            && let Some(page) = scribe.page(chapter)
        {
            checked.merge(check::check_page(&page, &Options::default()));
        }
    }
    Ok(checked)
}

/// Says each finding on standard error: standard output is mdBook's.
fn report(checked: &Checked, language: Language) {
    for located in &checked.findings {
        let finding = &located.finding;
        let text = checked.texts.get(&located.file).map_or("", |text| text);
        let place = LineIndex::new(text).place(finding.span.start);
        let severity = finding.rule.severity.word();
        eprintln!(
            "{}:{}:{}: {severity}[{}]: {}",
            located.file.display(),
            place.line,
            place.column,
            finding.rule.code,
            finding.message(language)
        );
        if let Some(help) = finding.help(language) {
            eprintln!("  {help}");
        }
    }
}

fn language_of(context: &PreprocessorContext) -> Language {
    let tag = context.config.book.language.as_deref().unwrap_or("en");
    if tag.starts_with("zh") {
        Language::Chinese
    } else {
        Language::English
    }
}

fn dialect_of(context: &PreprocessorContext) -> Dialect {
    Dialect::of(|key| {
        context
            .config
            .get(&format!("output.html.{key}"))
            .ok()
            .flatten()
    })
}
