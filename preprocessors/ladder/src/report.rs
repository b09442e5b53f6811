//! Writes findings: as text for people, as JSON, SARIF and JUnit for programs, as workflow commands for GitHub.
//!
//! Knows what every format shares: where a finding stands, and what is said besides its message. One file per format below; a format is given a whole [`Checked`]
//! and returns its text.

pub(crate) mod github;
mod json;
mod junit;
mod sarif;
mod text;
mod wrap;

use crate::cli::Format;
use crate::terminal;
use crate::words::say;
use annotate_snippets::normalize_untrusted_str;
use anyhow::Result;
use ladder_manifest::place::{LineIndex, Place};
use ladder_manifest::{Finding, Language, Version};
use mdbook_ladder::{Checked, Located};
use std::io::IsTerminal;
use std::ops::Range;
use std::path::{MAIN_SEPARATOR_STR, Path};

/// How a report is to look.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    pub(crate) format: Format,
    pub(crate) language: Language,
    /// The releases that were checked: a finding on all of them need not name them.
    pub(crate) versions: Vec<Version>,
    /// Whether warnings fail the check as errors do.
    pub(crate) deny_warnings: bool,
}

impl Style {
    /// Text about the supported releases.
    pub(crate) fn text(language: Language) -> Style {
        Style {
            format: Format::Text,
            language,
            versions: Version::SUPPORTED.to_vec(),
            deny_warnings: false,
        }
    }
}

/// Writes the findings to stdout, and for people how many there are to stderr.
pub(crate) fn print(checked: &Checked, style: &Style) -> Result<()> {
    match style.format {
        Format::Json => return terminal::print(&json::document(checked, style)?),
        Format::Sarif => return terminal::print(&sarif::document(checked, style)?),
        Format::Junit => return terminal::print(&junit::document(checked, style)?),
        Format::Github => terminal::print_all(github::commands(checked, style))?,
        Format::Text => terminal::print_all(text::findings(checked, style, is_colourful()))?,
    }
    terminal::tell(&text::summary(checked, style.language));
    Ok(())
}

/// Whether standard output shows colours: a terminal, whose user did not ask for none (<https://no-color.org>).
fn is_colourful() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stdout().is_terminal() && !unwanted
}

/// Where a finding begins and ends.
fn places(lines: &LineIndex<'_>, located: &Located) -> (Place, Place) {
    places_of(lines, &located.finding.span)
}

fn places_of(lines: &LineIndex<'_>, span: &Range<usize>) -> (Place, Place) {
    (
        lines.place(span.start),
        lines.place(span.end.max(span.start)),
    )
}

/// A span as far as something is written in it.
fn written(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.max(beginning(text)));
    let end = text.floor_char_boundary(span.end).max(start);
    start..start + text[start..end].trim_end().len()
}

/// Where the text begins: a byte order mark has no width and no column, and drawn it would have both.
fn beginning(text: &str) -> usize {
    if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    }
}

/// The releases on which a finding holds, where that is not all that were asked for.
fn releases(finding: &Finding, style: &Style) -> Option<String> {
    if finding.versions.is_empty() || finding.versions == style.versions {
        return None;
    }
    let releases = listed(
        finding.versions.iter().map(ToString::to_string),
        style.language,
    );
    Some(say(
        style.language,
        "report.releases",
        &[("releases", releases)],
    ))
}

fn listed(items: impl IntoIterator<Item = String>, language: Language) -> String {
    let join = |first, next| say(language, "report.list", &[("first", first), ("next", next)]);
    items.into_iter().reduce(join).unwrap_or_default()
}

/// What a format without places for them says below the message: what to do, and on which releases. A line each.
fn details(finding: &Finding, style: &Style) -> String {
    let help = finding.help(style.language);
    let details = [help, releases(finding, style)].into_iter().flatten();
    details.collect::<Vec<_>>().join("\n")
}

/// The message, and below it the details.
fn said(finding: &Finding, style: &Style) -> String {
    let said = finding.message(style.language) + "\n" + &details(finding, style);
    said.trim_end().to_owned()
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
    let name = file.to_string_lossy().replace(MAIN_SEPARATOR_STR, "/");
    name.strip_prefix("./").map(str::to_owned).unwrap_or(name)
}

/// Control characters as signs that show them: a log may obey them, and XML has no place for most, not even escaped. Line
/// breaks stay.
pub(crate) fn visible(text: &str) -> String {
    let is_shown = |character: char| {
        character == '\n'
            || !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}')
    };
    normalize_untrusted_str(text).replace(|character| !is_shown(character), "\u{fffd}")
}
