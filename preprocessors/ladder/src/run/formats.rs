//! The outcome of a run for programs: one JSON document, JUnit's XML, or lines that GitHub shows beside the changed pages.
//!
//! Secrets are hidden before anything comes here. For people: `report.rs`.

use super::report::Totals;
use serde::Serialize;
use std::collections::BTreeMap;

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
pub(crate) fn junit(steps: &[Step]) -> String {
    let mut suites: BTreeMap<&str, Vec<&Step>> = BTreeMap::new();
    for step in steps {
        suites.entry(&step.file).or_default().push(step);
    }
    let mut xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ladder run\">\n".to_owned();
    for (file, steps) in suites {
        let failures = steps.iter().filter(|step| !step.same).count();
        xml.push_str(&format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\">\n",
            escaped(file),
            steps.len()
        ));
        for step in steps {
            let name = escaped(&format!("{}: {}", step.line, step.command));
            xml.push_str(&format!(
                "    <testcase classname=\"{}\" name=\"{name}\" time=\"{:.3}\"",
                escaped(file),
                step.seconds
            ));
            match step.same {
                true => xml.push_str("/>\n"),
                false => xml.push_str(&format!(
                    "><failure>{}</failure></testcase>\n",
                    escaped(&step.difference)
                )),
            }
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
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
                data(&step.difference)
            )
        })
        .collect()
}

/// XML allows no control characters but these three, not even escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\r' | '\t' => escaped.push(character),
            _ if character.is_control() => escaped.push('\u{FFFD}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// How GitHub wants a message on one line.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
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
        let xml = junit(&steps());
        assert!(
            xml.contains("<testsuite name=\"src/en/pods.md\" tests=\"2\" failures=\"1\">"),
            "{xml}"
        );
        assert!(
            xml.contains("name=\"6: kubectl get pods -l a,b &lt;x\" time=\"0.250\"/>"),
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
