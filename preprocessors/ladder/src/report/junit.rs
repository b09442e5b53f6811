//! Findings as JUnit XML, which systems that build and test show as they show tests: a suite per file, a test per finding.
//!
//! A finding that fails the check is a failed test; any other is a passed one that printed it; a file without findings is
//! one passed test. No times, no identifiers: the same files give the same bytes.

use super::{Style, by_file, details, name, places, said, visible};
use crate::words::say;
use anyhow::Result;
use ladder_manifest::Severity;
use ladder_manifest::place::{LineIndex, Place};
use mdbook_ladder::{Checked, Located};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::collections::BTreeMap;
use std::path::Path;

/// The document, with a line break behind it.
pub(super) fn document(checked: &Checked, style: &Style) -> Result<String> {
    let mut suites: BTreeMap<&Path, Vec<TestCase>> = checked
        .texts
        .keys()
        .map(|file| (file.as_path(), Vec::new()))
        .collect();
    for (text, findings) in by_file(checked) {
        let lines = LineIndex::new(text);
        let tests = findings
            .iter()
            .map(|located| test(located, places(&lines, located).0, style));
        suites.entry(&findings[0].file).or_default().extend(tests);
    }
    let mut report = Report::new("ladder check");
    report.add_test_suites(
        suites
            .into_iter()
            .map(|(file, tests)| suite(&name(file), tests, style)),
    );
    Ok(report.to_string()?.trim_end().to_owned() + "\n")
}

fn suite(file: &str, mut tests: Vec<TestCase>, style: &Style) -> TestSuite {
    if tests.is_empty() {
        let none = say(style.language, "report.none", &[]);
        tests.push(TestCase::new(none, TestCaseStatus::success()));
    }
    let file = visible(file);
    let mut suite = TestSuite::new(&file);
    for mut test in tests {
        test.set_classname(&file);
        suite.add_test_case(test);
    }
    suite
}

fn test(located: &Located, place: Place, style: &Style) -> TestCase {
    let finding = &located.finding;
    let title = format!(
        "{} {}:{} {}",
        finding.rule.code, place.line, place.column, finding.path
    );
    let fails = match finding.rule.severity {
        Severity::Error => true,
        Severity::Warning => style.deny_warnings,
        Severity::Note => false,
    };
    let mut status = TestCaseStatus::success();
    if fails {
        let file = name(&located.file);
        let place = format!("{file}:{}:{}", place.line, place.column);
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status
            .set_type(finding.rule.code)
            .set_message(visible(&finding.message(style.language)))
            .set_description(visible(&format!("{place}\n{}", details(finding, style))).trim_end());
    }
    let mut test = TestCase::new(visible(title.trim_end()), status);
    if !fails {
        let severity = format!("report.{}", finding.rule.severity.word());
        let severity = say(style.language, &severity, &[]);
        test.set_system_out(visible(&format!("{severity}: {}", said(finding, style))));
    }
    test
}
