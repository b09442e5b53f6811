//! `ladder build`: checks the book and writes its site, or says why not.
//!
//! Knows the steps and what is told of them. What a site consists of is `site.rs`; the last site stays as it is until the new
//! one is whole (`site/aside.rs`).

pub(crate) mod interrupt;

use crate::cli::BuildOptions;
use crate::report::{self, Style};
use crate::site::aside::Aside;
use crate::site::{self, Front};
use crate::terminal::tell;
use crate::words::say;
use crate::{Outcome, check, offline};
use anyhow::Result;
use ladder_manifest::{Language, Severity};
use mdbook_ladder::Book;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// The folder of the site in that of the book, unless another is named.
pub(crate) const OUTPUT: &str = "book";

/// Builds what the options ask for.
pub(crate) fn run(options: &BuildOptions) -> Result<Outcome> {
    let language = options.speech.language();
    interrupt::listen(move || tell(&say(language, "build.stopping", &[])))?;
    log_warnings();
    let root = check::book_root()?;
    let output = match options.output == Path::new(OUTPUT) {
        true => root.join(OUTPUT),
        false => options.output.clone(),
    };
    let built = site(&root, &output, options.offline, language)?;
    if built == Built::Wrong {
        tell(&say(language, "build.nothing", &[]));
    }
    Ok(match built {
        Built::Written => Outcome::Clean,
        Built::Wrong => Outcome::Findings,
        Built::Interrupted => Outcome::Interrupted,
    })
}

/// mdBook's own warnings, on standard error.
pub(crate) fn log_warnings() {
    let log = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .with_writer(std::io::stderr);
    let log = log
        .without_time()
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal());
    let _ = log.try_init(); // a second call finds it done
}

/// What became of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Built {
    /// The site stands in its place.
    Written,
    /// The book has errors, which were told; nothing was written.
    Wrong,
    /// Ctrl-C; nothing was written.
    Interrupted,
}

/// Tells what is wrong with the book in `root`, and builds it into `output` if that is no error.
pub(crate) fn site(
    root: &Path,
    output: &Path,
    with_zip: bool,
    language: Language,
) -> Result<Built> {
    let start = Instant::now();
    let book = Arc::new(Book::open(root)?);
    let checked = book.check(&mdbook_ladder::Options::default())?;
    report::print(&checked, &Style::text(language))?;
    if checked.count(Severity::Error) > 0 {
        return Ok(Built::Wrong);
    }
    let aside = Aside::beside(output)?;
    let folder = aside.folder();
    site::write(&book, &folder, Front::default())?;
    if with_zip && !interrupt::asked() {
        let download = Some(offline::pack(&folder)?);
        site::write_front(&book, &folder, Front { download })?;
        tell_progress("build.packed", Path::new(offline::FILE), start, language);
    }
    if interrupt::asked() {
        return Ok(Built::Interrupted);
    }
    aside.swap()?;
    tell_progress("build.wrote", &output.join("index.html"), start, language);
    Ok(Built::Written)
}

fn tell_progress(key: &str, file: &Path, start: Instant, language: Language) {
    let what = say(language, key, &[("file", file.display().to_string())]);
    tell(&format!("{:>6.2} s  {what}", start.elapsed().as_secs_f64()));
}
