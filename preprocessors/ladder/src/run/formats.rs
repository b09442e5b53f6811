//! The outcome of a run for programs: one JSON document, JUnit's XML, or lines that GitHub shows beside the changed pages.
//!
//! Secrets are hidden before anything comes here. For people: `report.rs`.

use super::report::Totals;
use crate::report::github::{data, property};
use crate::report::visible;
use anyhow::Result;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// What happened to one command, as one edition of its page has it.
#[derive(Debug, Serialize)]
pub(crate) struct Step {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) command: String,
    pub(crate) seconds: f64,
    pub(crate) same: bool,
    pub(crate) expected_status: i32,
    pub(crate) status: i32,
    /// What differs, as people see it; empty where nothing does.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) difference: String,
}

#[derive(Serialize)]
struct Document<'d> {
    cluster: &'d str,
    commands: usize,
    differ: usize,
    seconds: f64,
    steps: &'d [Step],
}

/// One document for programs.
pub(crate) fn json(steps: &[Step], totals: &Totals, cluster: &str) -> String {
    let document = Document {
        cluster,
        commands: totals.commands,
        differ: totals.differ,
        seconds: totals.time.as_secs_f64(),
        steps,
    };
    // Numbers and texts: nothing in it can fail to be written.
    format!("{}\n", serde_json::to_string(&document).unwrap_or_default())
}

/// A file is a suite, a command is a test.
pub(crate) fn junit(steps: &[Step]) -> Result<String> {
    let mut suites: BTreeMap<&str, TestSuite> = BTreeMap::new();
    for step in steps {
        let suite = suites
            .entry(&step.file)
            .or_insert_with(|| TestSuite::new(visible(&step.file)));
        suite.add_test_case(test(step));
    }
    let mut report = Report::new("ladder run");
    report.add_test_suites(suites.into_values());
    Ok(report.to_string()?)
}

fn test(step: &Step) -> TestCase {
    let mut status = TestCaseStatus::success();
    if !step.same {
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_description(visible(&step.difference));
    }
    let mut test = TestCase::new(visible(&format!("{}: {}", step.line, step.command)), status);
    test.set_classname(visible(&step.file))
        .set_time(Duration::try_from_secs_f64(step.seconds).unwrap_or_default());
    test
}

/// A line for each difference.
pub(crate) fn github(steps: &[Step]) -> String {
    let differing = steps.iter().filter(|step| !step.same);
    differing
        .map(|step| {
            format!(
                "::error file={},line={},title={}::{}\n",
                property(&step.file),
                step.line,
                property(&step.command),
                data(&visible(&step.difference))
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps() -> Vec<Step> {
        let step = |line, same: bool| Step {
            file: "src/en/pods.md".to_owned(),
            line,
            command: "kubectl get pods -l a,b <x".to_owned(),
            seconds: 0.25,
            same,
            expected_status: 0,
            status: i32::from(!same),
            difference: if same {
                String::new()
            } else {
                "- a\n+ 100%\n".to_owned()
            },
        };
        vec![step(6, true), step(9, false)]
    }

    #[test]
    fn a_suite_per_file_and_a_test_per_command() {
        let xml = junit(&steps()).expect("it is XML");
        assert!(
            xml.contains("<testsuite name=\"src/en/pods.md\" tests=\"2\" skipped=\"0\" errors=\"0\" failures=\"1\">"),
            "{xml}"
        );
        assert!(
            xml.contains("name=\"6: kubectl get pods -l a,b &lt;x\" classname=\"src/en/pods.md\" time=\"0.250\"/>"),
            "{xml}"
        );
        assert!(xml.contains("<failure>- a\n+ 100%\n</failure>"), "{xml}");
    }

    #[test]
    fn github_gets_a_line_per_difference() {
        assert_eq!(
            github(&steps()),
            "::error file=src/en/pods.md,line=9,title=kubectl get pods -l a%2Cb <x::- a%0A+ 100%25%0A\n"
        );
    }

    #[test]
    fn json_is_one_document() {
        let totals = Totals {
            commands: 2,
            differ: 1,
            ..Totals::default()
        };
        let document: serde_json::Value =
            serde_json::from_str(&json(&steps(), &totals, "kind-kind")).expect("it is JSON");
        assert_eq!(document["differ"], 1);
        assert_eq!(document["steps"][1]["line"], 9);
        assert_eq!(document["steps"][0].get("difference"), None);
    }
}
