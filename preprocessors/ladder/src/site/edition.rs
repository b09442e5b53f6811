//! The book in one language, rendered by mdBook.
//!
//! Knows mdBook's configuration. What a page says is `mdbook-ladder`'s, how it looks `theme/`'s.

use super::fault;
use anyhow::{Context, Result};
use ladder_manifest::Language;
use mdbook_driver::MDBook;
use mdbook_driver::config::{Config, HtmlConfig};
use mdbook_ladder::{Book, Ladder};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Renders the pages of a language into `folder`, with the templates in `theme`.
pub(super) fn write(
    book: &Arc<Book>,
    language: Language,
    theme: &Path,
    folder: &Path,
) -> Result<()> {
    let config = configuration(book, language, theme, folder)
        .with_context(|| fault("fault.configuration", &book.root.join("book.toml")))?;
    let not_made = || fault("fault.mdbook", &source(language));
    let summary = mdbook_summary::parse_summary(&book.summary(language)).with_context(not_made)?;
    let mut mdbook =
        MDBook::load_with_config_and_summary(&book.root, config, summary).with_context(not_made)?;
    // Takes the place, in the order of preprocessors, of the command that plain mdBook would run.
    mdbook.with_preprocessor(Ladder::of(Arc::clone(book)));
    mdbook.build().with_context(not_made)
}

/// Where the pages of a language are.
fn source(language: Language) -> PathBuf {
    PathBuf::from("src").join(language.code())
}

fn configuration(book: &Book, language: Language, theme: &Path, folder: &Path) -> Result<Config> {
    let code = language.code();
    let mut config = Config::from_disk(book.root.join("book.toml"))?;
    config.book.src = source(language);
    config.book.language = Some(language.tag().to_owned());
    let own = |key: &str| config.get::<String>(&format!("preprocessor.ladder.{code}.{key}"));
    let (title, description) = (own("title")?, own("description")?);
    config.book.title = title.or(config.book.title);
    config.book.description = description.or(config.book.description);
    config.build.build_dir = std::path::absolute(folder)?;
    config.build.create_missing = false;
    let mut html: HtmlConfig = config.get("output.html")?.unwrap_or_default();
    html.theme = Some(theme.to_owned());
    html.input_404 = Some(String::new()); // the site has one for both languages
    html.search = None; // the site has its own
    config.set("output", BTreeMap::from([("html", html)]))?;
    config.set("preprocessor.ladder.before", ["links"])?;
    Ok(config)
}
