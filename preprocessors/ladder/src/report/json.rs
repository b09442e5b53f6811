//! Findings as one JSON document: a contract that programs rely on, described in ARCHITECTURE.md.

use super::{Style, by_file, name, places};
use anyhow::Result;
use ladder_manifest::place::LineIndex;
use mdbook_ladder::{Checked, Located};
use serde::Serialize;

#[derive(Serialize)]
struct Document {
    kubernetes: Vec<String>,
    files: usize,
    manifests: usize,
    findings: Vec<Entry>,
}

/// Lines and columns count from 1, columns in characters; the end is the place after the last character.
#[derive(Serialize)]
struct Entry {
    code: &'static str,
    severity: &'static str,
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    path: String,
    object: String,
    kubernetes: Vec<String>,
    message: String,
    help: String,
}

/// The document, indented, with a line break behind it.
pub(super) fn document(checked: &Checked, style: &Style) -> Result<String> {
    let findings = by_file(checked).flat_map(|(text, findings)| {
        let lines = LineIndex::new(text);
        findings
            .iter()
            .map(move |located| entry(located, &lines, style))
    });
    let document = Document {
        kubernetes: style.versions.iter().map(ToString::to_string).collect(),
        files: checked.files,
        manifests: checked.manifests,
        findings: findings.collect(),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn entry(located: &Located, lines: &LineIndex<'_>, style: &Style) -> Entry {
    let finding = &located.finding;
    let (start, end) = places(lines, located);
    Entry {
        code: finding.rule.code,
        severity: finding.rule.severity.word(),
        file: name(&located.file),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        path: finding.path.clone(),
        object: finding.object.clone(),
        kubernetes: finding.versions.iter().map(ToString::to_string).collect(),
        message: finding.message(style.language),
        help: finding.help(style.language).unwrap_or_default(),
    }
}
