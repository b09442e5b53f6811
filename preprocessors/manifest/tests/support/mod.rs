//! A manifest with its findings written under it, as a reader would see them.
//!
//! A line of carets says where on the line above a finding stands and what it is: `^^^^ error[unknown-field]`, and after
//! that, if it matters, its English message. Carets are counted in terminal columns: `前` takes two.

use ladder_manifest::place::LineIndex;
use ladder_manifest::{Finding, Language, Options, Severity, check};

/// Checks a manifest and compares the findings with the lines of carets in it, one for one.
#[track_caller]
#[allow(dead_code)]
pub(crate) fn manifest(marked: &str) {
    compare(marked, &Options::default());
}

/// The same for other releases, or for a part of an object.
#[track_caller]
#[allow(dead_code)]
pub(crate) fn compare(marked: &str, options: &Options) {
    let marked = marked.trim_start_matches('\n');
    let text: String = marked
        .split_inclusive('\n')
        .filter(|line| !is_mark(line))
        .collect();
    let findings = check(&text, options).findings;
    assert_eq!(drawn(&text, &findings, marked), marked.trim_end());
}

/// The same for YAML that needs not be an object.
#[track_caller]
#[allow(dead_code)]
pub(crate) fn yaml(marked: &str) {
    let marked = marked.trim_start_matches('\n');
    let text: String = marked
        .split_inclusive('\n')
        .filter(|line| !is_mark(line))
        .collect();
    let findings = ladder_manifest::yaml::read(&text).findings;
    assert_eq!(drawn(&text, &findings, marked), marked.trim_end());
}

/// The one finding of a manifest.
#[track_caller]
#[allow(dead_code)]
pub(crate) fn only(text: &str, options: &Options) -> Finding {
    let mut findings = check(text, options).findings;
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

fn is_mark(line: &str) -> bool {
    let mark = line.trim_start();
    mark.starts_with('^') && mark.contains('[')
}

/// The text with each finding under its first line; with the message where the test wrote one.
fn drawn(text: &str, findings: &[Finding], expected: &str) -> String {
    let index = LineIndex::new(text);
    let mut lines = Vec::new();
    for number in 1..=index.count() {
        let line = index.line(number);
        lines.push(line.to_owned());
        for finding in findings {
            let place = index.place(finding.span.start);
            if place.line == number {
                lines.push(mark(
                    line,
                    place.column,
                    &text[finding.span.clone()],
                    finding,
                    expected,
                ));
            }
        }
    }
    lines.join("\n").trim_end().to_owned()
}

fn mark(line: &str, column: usize, found: &str, finding: &Finding, expected: &str) -> String {
    let before: String = line.chars().take(column - 1).collect();
    let first = found.lines().next().unwrap_or_default();
    let severity = match finding.rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let short = format!(
        "{}{} {severity}[{}]",
        " ".repeat(width(&before)),
        "^".repeat(width(first).max(1)),
        finding.rule.code
    );
    let long = format!("{short} {}", finding.message(Language::English));
    if expected.lines().any(|line| line == long) || !expected.lines().any(|line| line == short) {
        long
    } else {
        short
    }
}

/// Terminal columns: two for what East Asia writes wide.
fn width(text: &str) -> usize {
    text.chars().map(|character| if matches!(character, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}') { 2 } else { 1 }).sum()
}
