//! Writes findings: as text for people, as JSON for programs.
//!
//! Knows what every format shares: where a finding stands. One file per format below; a format is given a whole [`Checked`]
//! and returns its text.

mod json;
mod text;
mod wrap;

use crate::cli::Format;
use crate::terminal;
use anyhow::Result;
use ladder_manifest::place::{LineIndex, Place};
use ladder_manifest::{Language, Version};
use mdbook_ladder::{Checked, Located};
use std::io::IsTerminal;
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
        Style {
            format: Format::Text,
            language,
            versions: Version::SUPPORTED.to_vec(),
        }
    }
}

/// Writes the findings to stdout, and for people how many there are to stderr.
pub(crate) fn print(checked: &Checked, style: &Style) -> Result<()> {
    match style.format {
        Format::Json => terminal::print(&json::document(checked, style)?),
        Format::Text => {
            terminal::print_all(text::findings(checked, style, is_colourful()))?;
            terminal::tell(&text::summary(checked, style.language));
            Ok(())
        }
    }
}

/// Whether standard output shows colours: a terminal, whose user did not ask for none (<https://no-color.org>).
fn is_colourful() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stdout().is_terminal() && !unwanted
}

/// Where a finding begins and ends.
fn places(lines: &LineIndex<'_>, located: &Located) -> (Place, Place) {
    let span = &located.finding.span;
    (
        lines.place(span.start),
        lines.place(span.end.max(span.start)),
    )
}

/// The findings of each file with the file's text, in the order of the report. The text is empty where it is not known.
fn by_file(checked: &Checked) -> impl Iterator<Item = (&str, &[Located])> {
    let files = checked
        .findings
        .chunk_by(|one, other| one.file == other.file);
    files.map(|findings| {
        let text = checked.texts.get(&findings[0].file);
        (text.map_or("", |text| &**text), findings)
    })
}

/// The file as reports name it: with `/` everywhere, without a leading `./`.
fn name(file: &Path) -> String {
    let name = file.to_string_lossy().replace('\\', "/");
    name.strip_prefix("./").map(str::to_owned).unwrap_or(name)
}
