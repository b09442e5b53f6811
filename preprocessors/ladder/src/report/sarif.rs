//! Findings as SARIF 2.1.0, which code scanning and editors read: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>.
//!
//! One run with the rules that found something, each with its page of `ladder explain`. A test holds the document against
//! the schema of SARIF.

use super::{Style, by_file, name, places_of, said};
use crate::explain;
use anyhow::Result;
use ladder_manifest::place::LineIndex;
use ladder_manifest::{Language, Rule};
use mdbook_ladder::{Checked, Located};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// The rules that found something, by their codes.
type Rules = BTreeMap<&'static str, &'static Rule>;

/// The document, indented, with a line break behind it.
pub(super) fn document(checked: &Checked, style: &Style) -> Result<String> {
    let found = checked.findings.iter().map(|located| located.finding.rule);
    let rules: Rules = found.map(|rule| (rule.code, rule)).collect();
    let results = by_file(checked).flat_map(|(text, findings)| {
        let lines = LineIndex::new(text);
        let results = findings
            .iter()
            .map(|located| result(located, &lines, &rules, style));
        results.collect::<Vec<_>>()
    });
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "ladder",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules.values().map(|rule| description(rule, style.language)).collect::<Vec<_>>(),
            }},
            "language": style.language.tag(),
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// What a rule means, from its page.
fn description(rule: &Rule, language: Language) -> Value {
    let page = explain::page(rule.code, language).unwrap_or(rule.code);
    let paragraph = page.split("\n\n").nth(1).unwrap_or(page);
    json!({
        "id": rule.code,
        "shortDescription": { "text": explain::title(page).unwrap_or(rule.code) },
        "fullDescription": { "text": paragraph },
        "help": { "text": paragraph, "markdown": page },
        "defaultConfiguration": { "level": rule.severity.word() },
    })
}

fn result(located: &Located, lines: &LineIndex<'_>, rules: &Rules, style: &Style) -> Value {
    let finding = &located.finding;
    let location = |span| physical_location(&located.file, span, lines);
    let related = finding.related.iter().map(|related| {
        json!({
            "physicalLocation": location(&related.span),
            "message": { "text": finding.label(style.language, related) },
        })
    });
    let releases = finding.versions.iter().map(ToString::to_string);
    json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rules.keys().position(|code| *code == finding.rule.code),
        "level": finding.rule.severity.word(),
        "message": { "text": said(finding, style) },
        "locations": [{ "physicalLocation": location(&finding.span) }],
        "relatedLocations": related.collect::<Vec<_>>(),
        "properties": {
            "path": finding.path,
            "object": finding.object,
            "kubernetes": releases.collect::<Vec<_>>(),
        },
    })
}

/// As in JSON: from 1, the end behind the last character, which is how SARIF counts too.
fn physical_location(file: &Path, span: &Range<usize>, lines: &LineIndex<'_>) -> Value {
    let (start, end) = places_of(lines, span);
    json!({
        "artifactLocation": { "uri": uri(file) },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    })
}

/// The file as a URI, relative as it was given.
fn uri(file: &Path) -> String {
    /// All that has no meaning in a URI, and the slash between folders.
    const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b'/');
    let path = utf8_percent_encode(&name(file), PLAIN).to_string();
    match (file.is_absolute(), path.starts_with('/')) {
        (false, _) => path,
        (true, true) => format!("file://{path}"),
        (true, false) => format!("file:///{path}"), // a drive of Windows
    }
}
