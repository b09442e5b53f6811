//! `ladder build`: checks the book and writes its site, or says why not.
//!
//! Knows the steps and what is told of them. What a site consists of is `site.rs`; the last site stays as it is until the new
//! one is whole (`site/aside.rs`).

pub(crate) mod interrupt;

use crate::cli::BuildOptions;
use crate::report::{self, Style};
use crate::site::aside::Aside;
use crate::site::{self, Front};
use crate::{Outcome, check, offline};
use anyhow::Result;
use ladder_manifest::Severity;
use mdbook_ladder::{Book, Checked};
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// The folder of the site in that of the book, unless another is named.
pub(crate) const OUTPUT: &str = "book";

/// Builds what the options ask for.
pub(crate) fn run(options: &BuildOptions) -> Result<Outcome> {
    interrupt::listen(|| eprintln!("stopping; the last site stays as it is"))?;
    log_warnings();
    let root = check::book_root()?;
    let output = if options.output == Path::new(OUTPUT) {
        root.join(OUTPUT)
    } else {
        options.output.clone()
    };
    match site(&root, &output, options.offline)? {
        Built::Written => Ok(Outcome::Clean),
        Built::Interrupted => Ok(Outcome::Interrupted),
        Built::Wrong(checked) => {
            report::print(&checked, &Style::text(options.speech.language()))?;
            eprintln!("nothing was written");
            Ok(Outcome::Findings)
        }
    }
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
pub(crate) enum Built {
    /// The site stands in its place.
    Written,
    /// The book has errors; nothing was written.
    Wrong(Checked),
    /// Ctrl-C; nothing was written.
    Interrupted,
}

/// Builds the book in `root` into `output`, if it has no errors.
pub(crate) fn site(root: &Path, output: &Path, with_zip: bool) -> Result<Built> {
    let start = Instant::now();
    let book = Arc::new(Book::open(root)?);
    let checked = book.check(&mdbook_ladder::Options::default())?;
    if checked.count(Severity::Error) > 0 {
        return Ok(Built::Wrong(checked));
    }
    tell(
        &format!(
            "checked {} files, {} manifests",
            checked.files, checked.manifests
        ),
        start,
    );
    let aside = Aside::beside(output)?;
    let folder = aside.folder();
    site::write(&book, &folder, Front::default())?;
    if with_zip && !interrupt::asked() {
        let size = offline::pack(&folder)?;
        site::write_front(
            &book,
            &folder,
            Front {
                download: Some(size),
            },
        )?;
        tell(&format!("packed {}", offline::FILE), start);
    }
    if interrupt::asked() {
        return Ok(Built::Interrupted);
    }
    aside.swap()?;
    tell(
        &format!("wrote {}", output.join("index.html").display()),
        start,
    );
    Ok(Built::Written)
}

fn tell(what: &str, start: Instant) {
    eprintln!("{:>6.2} s  {what}", start.elapsed().as_secs_f64());
}
