//! Findings as workflow commands of GitHub Actions, which shows each beside its line of a pull request.
//!
//! A line each: `::error file=…,line=…,title=CODE::MESSAGE`
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>). What GitHub reads as the end of
//! a line or of a property is escaped as its own `@actions/core` does.

use super::{Style, by_file, name, places_of, said, visible, written};
use ladder_manifest::Severity;
use ladder_manifest::place::{LineIndex, Place};
use mdbook_ladder::{Checked, Located};

/// A line per finding, with its break.
pub(super) fn commands(checked: &Checked, style: &Style) -> impl Iterator<Item = String> {
    by_file(checked).flat_map(move |(text, findings)| {
        let lines = LineIndex::new(text);
        findings.iter().map(move |located| {
            let (start, end) = places_of(&lines, &written(text, &located.finding.span));
            command(located, start, end, style)
        })
    })
}

fn command(located: &Located, start: Place, end: Place, style: &Style) -> String {
    let finding = &located.finding;
    let command = match finding.rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let file = property(&name(&located.file));
    let place = if start.line == end.line {
        format!(
            "line={},col={},endLine={},endColumn={}",
            start.line, start.column, end.line, end.column
        )
    } else {
        // GitHub refuses columns of what is longer than a line.
        format!("line={},endLine={}", start.line, end.line)
    };
    let message = data(&visible(&said(finding, style)));
    let code = finding.rule.code;
    format!("::{command} file={file},{place},title={code}::{message}\n")
}

/// A message on one line. The `%` goes first, or those of the others would be escaped again.
pub(crate) fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which a comma or colon would end.
pub(crate) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
