//! Writes findings: as text for people, as JSON for programs.
//!
//! Knows what every format shares: where a finding stands. One file per format below; a format is given a whole [`Checked`]
//! and returns its text.

mod json;
mod text;

use crate::cli::Format;
use anyhow::Result;
use ladder_manifest::place::{LineIndex, Place};
use ladder_manifest::{Language, Version};
use mdbook_ladder::{Checked, Located};
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// How a report is to look.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    pub(crate) format: Format,
    pub(crate) language: Language,
    /// The releases that were checked: a finding on all of them need not name them.
    pub(crate) versions: Vec<Version>,
}

impl Style {
    /// Text about the supported releases.
    pub(crate) fn text(language: Language) -> Style {
        Style { format: Format::Text, language, versions: Version::SUPPORTED.to_vec() }
    }
}

/// Writes the findings to stdout, and for people how many there are to stderr.
pub(crate) fn print(checked: &Checked, style: &Style) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    match style.format {
        Format::Json => writeln!(stdout, "{}", json::document(checked, style)?)?,
        Format::Text => {
            let colours = stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            write!(stdout, "{}", text::findings(checked, style, colours))?;
            stdout.flush()?;
            eprintln!("{}", text::summary(checked, style.language));
        }
    }
    Ok(())
}

/// The texts that findings point into, each with its line breaks found once.
struct Texts<'c>(BTreeMap<&'c Path, LineIndex<'c>>);

impl<'c> Texts<'c> {
    fn of(checked: &'c Checked) -> Texts<'c> {
        let pointed_into = |file: &Path| checked.findings.iter().any(|located| located.file == file);
        let texts = checked.texts.iter().filter(|(file, _)| pointed_into(file));
        Texts(texts.map(|(file, text)| (file.as_path(), LineIndex::new(text))).collect())
    }

    /// Where a finding begins and ends; the first place of a file whose text is not known (it is no text).
    fn places(&self, located: &Located) -> (Place, Place) {
        let span = &located.finding.span;
        match self.0.get(located.file.as_path()) {
            Some(lines) => (lines.place(span.start), lines.place(span.end.max(span.start))),
            None => (Place { line: 1, column: 1 }, Place { line: 1, column: 1 }),
        }
    }
}

/// The file as reports name it: with `/` everywhere, without a leading `./`.
fn name(file: &Path) -> String {
    let name = file.to_string_lossy().replace('\\', "/");
    name.strip_prefix("./").map(str::to_owned).unwrap_or(name)
}
