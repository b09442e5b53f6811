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

    fn run(&self, context: &PreprocessorContext, mut chapters: Chapters) -> Result<Chapters> {
        let scribe = Scribe {
            book: self.book.as_deref(),
            root: &context.root,
            source: &context.config.book.src,
            language: language_of(context),
            dialect: Dialect::of(|key| {
                context
                    .config
                    .get(&format!("output.html.{key}"))
                    .ok()
                    .flatten()
            }),
        };
        if self.book.is_none() {
            let checked = checked(&scribe, &chapters)?;
            report(&checked, scribe.language);
            let errors = checked.count(Severity::Error);
            if errors > 0 {
                bail!(
                    "{errors} errors in the pages of the book\nCorrect what is listed above and build again."
                );
            }
        }
        chapters.for_each_chapter_mut(|chapter| scribe.write(chapter));
        Ok(chapters)
    }
}

/// Writes the chapters of one language.
struct Scribe<'c> {
    /// The book, where it was read before.
    book: Option<&'c Book>,
    root: &'c Path,
    /// The folder of the chapters, from the root.
    source: &'c Path,
    language: Language,
    dialect: Dialect,
}

impl Scribe<'_> {
    fn write(&self, chapter: &mut Chapter) {
        let Some(file) = self.file(chapter) else {
            return;
        };
        chapter.content = match self.book.and_then(|book| book.page_at(&file)) {
            Some(page) => html::render(self.root, page, self.language),
            None => html::render(self.root, &self.page(&file, chapter), self.language),
        };
        self.tell_language(&file, chapter);
    }

    /// SUMMARY.md names the other language's file where a page is not translated: it gets its place in this one.
    fn tell_language(&self, file: &Path, chapter: &mut Chapter) {
        let folder = self
            .source
            .file_name()
            .and_then(|name| Language::from_code(name.to_str()?));
        if folder.is_some() && !file.starts_with(self.source) {
            chapter
                .content
                .insert_str(0, &html::missing_translation(self.language));
            chapter.path = file.file_name().map(PathBuf::from);
        }
    }

    /// The file of a chapter, from the root.
    fn file(&self, chapter: &Chapter) -> Option<PathBuf> {
        let within = chapter.source_path.as_ref().or(chapter.path.as_ref())?;
        crate::include::tidy(&self.source.join(within))
    }

    /// The page of a chapter. Its text is the one that mdBook has, which another preprocessor may have changed.
    fn page(&self, file: &Path, chapter: &Chapter) -> Page {
        Page::read(self.root, file, &chapter.content, self.dialect)
    }
}

fn checked(scribe: &Scribe<'_>, chapters: &Chapters) -> Result<Checked> {
    if scribe.root.join(book::ORDER).is_file() {
        return Book::open(scribe.root)?.check(&Options::default());
    }
    let mut checked = Checked::default();
    for item in chapters.iter() {
        if let BookItem::Chapter(chapter) = item
            && let Some(file) = scribe.file(chapter)
        {
            checked.merge(check::check_page(
                &scribe.page(&file, chapter),
                &Options::default(),
            ));
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
