//! The checker beside a real API server: what the server accepts has no error, and what it refuses is found.

use ladder_manifest::{Finding, Language, Options, Severity, check};
use std::collections::BTreeSet;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");

/// Each file with the server's verdict and the findings in it.
fn answers() -> Vec<(String, String, Vec<Finding>)> {
    let read =
        |file: &str| std::fs::read(format!("{FOLDER}/refusals/{file}")).expect("a recorded file");
    let answers = String::from_utf8(read("answers.tsv")).expect("text");
    let answer = |line: &str| {
        let mut columns = line.split('\t');
        let (file, verdict) = (
            columns.next().expect("a file"),
            columns.next().expect("a verdict"),
        );
        let text = String::from_utf8(read(file)).expect("text");
        (
            file.to_owned(),
            verdict.to_owned(),
            check(&text, &Options::default()).findings,
        )
    };
    answers.lines().skip(1).map(answer).collect()
}

/// Each refused file with the server's words.
fn refusals() -> impl Iterator<Item = (String, String, Vec<Finding>)> {
    let answers = std::fs::read_to_string(format!("{FOLDER}/refusals/answers.tsv")).expect("text");
    let words = answers
        .lines()
        .skip(1)
        .map(|line| line.rsplit('\t').next().unwrap_or_default().to_owned());
    let words: Vec<String> = words.collect();
    let with_words = self::answers().into_iter().zip(words);
    with_words
        .filter(|((_, verdict, _), _)| verdict == "refused")
        .map(|((file, _, findings), words)| (file, words, findings))
}

fn is_error(finding: &Finding) -> bool {
    finding.rule.severity == Severity::Error
}

#[test]
fn what_the_server_accepts_has_no_error() {
    for (file, verdict, findings) in answers() {
        let errors: Vec<&Finding> = findings
            .iter()
            .filter(|finding| is_error(finding))
            .collect();
        // A key twice is refused by the server itself; kubectl, which recorded the answers, drops the first before.
        let twice = errors
            .iter()
            .all(|finding| finding.rule.code == "duplicate-key");
        assert!(verdict == "refused" || twice, "{file}: {errors:#?}");
    }
}

#[test]
fn right_neighbours_have_no_finding_but_what_the_server_warns_about_too() {
    for (file, _, findings) in answers()
        .into_iter()
        .filter(|(file, ..)| file.ends_with("-ok.yaml"))
    {
        let codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
        match file.as_str() {
            "service/203-endpoints-address-ok.yaml" => assert_eq!(codes, ["deprecated-api"]),
            _ => assert!(codes.is_empty(), "{file}: {findings:#?}"),
        }
    }
}

#[test]
fn of_all_refusals_at_least_97_in_100_are_found() {
    let refused: Vec<_> = refusals().collect();
    let missed: Vec<&str> = refused
        .iter()
        .filter(|(.., findings)| !findings.iter().any(is_error))
        .map(|(file, ..)| file.as_str())
        .collect();
    assert!(
        missed.len() * 100 <= refused.len() * 3,
        "missed of {}: {missed:#?}",
        refused.len()
    );
}

#[test]
fn of_what_is_wrong_before_any_rule_at_least_95_in_100_are_found() {
    for group in ["yaml/", "decode/"] {
        let refused: Vec<_> = answers()
            .into_iter()
            .filter(|(file, verdict, _)| file.starts_with(group) && verdict == "refused")
            .collect();
        let missed: Vec<&str> = refused
            .iter()
            .filter(|(.., findings)| !findings.iter().any(is_error))
            .map(|(file, ..)| file.as_str())
            .collect();
        assert!(
            missed.len() * 20 <= refused.len(),
            "{} of {}: {missed:?}",
            missed.len(),
            refused.len()
        );
    }
}

#[test]
fn the_least_of_each_kind_has_no_finding_but_the_deprecations_that_the_server_tells() {
    let text = std::fs::read_to_string(format!("{FOLDER}/minimal.yaml")).expect("a recorded file");
    let report = check(&text, &Options::default());
    let found: Vec<(&str, &str)> = report
        .findings
        .iter()
        .map(|finding| (finding.rule.code, finding.object.as_str()))
        .collect();
    assert_eq!(found, DEPRECATED, "{:#?}", report.findings);
    assert!(report.manifests > 40, "{}", report.manifests);
}

/// What a 1.37 API server answers with a warning.
const DEPRECATED: &[(&str, &str)] = &[];

#[test]
fn unknown_fields_are_those_that_the_server_names() {
    let mut compared = 0;
    for (file, words, findings) in
        refusals().filter(|(_, words, _)| words.contains("strict decoding error"))
    {
        // The server writes a space that does not break as JSON does.
        let theirs: BTreeSet<String> = words
            .split("unknown field \"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(|field| field.replace("\\\\u00a0", "\u{a0}"))
            .collect();
        let unknown = findings
            .iter()
            .filter(|finding| finding.rule.code == "unknown-field");
        let ours: BTreeSet<String> = unknown.map(|finding| finding.path.clone()).collect();
        assert_eq!(ours, theirs, "{file}");
        compared += 1;
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn unsupported_values_are_told_in_the_servers_words() {
    let mut compared = 0;
    for (file, words, findings) in refusals() {
        for finding in findings
            .iter()
            .filter(|finding| finding.rule.code == "unsupported-value")
        {
            let message = finding.message(Language::English);
            let value = message.split(": supported").next().unwrap_or_default();
            if words.contains(value) && !HAND_MADE.contains(&file.as_str()) {
                assert!(words.contains(&message), "{file}: {message} | {words}");
                compared += 1;
            }
        }
    }
    assert!(compared > 30, "{compared}");
}

/// The server lists `Equal` and `Exists` only, unless a feature gate lets it take more.
const HAND_MADE: &[&str] = &["pod/059-toleration-operator-unknown-a.yaml"];

#[test]
fn a_missing_field_is_one_that_the_server_misses() {
    let mut compared = 0;
    for (file, words, findings) in
        refusals().filter(|(_, words, _)| words.contains("Required value"))
    {
        for finding in findings
            .iter()
            .filter(|finding| finding.rule.code == "missing-field")
        {
            // Of a map that is missing as a whole the server names what is missing in it.
            let named = [": ", ".", "["]
                .iter()
                .any(|next| words.contains(&format!("{}{next}", finding.path)));
            assert!(named, "{file}: {} | {words}", finding.path);
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}
