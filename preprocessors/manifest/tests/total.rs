//! Checking is total: whatever the text, there is a report, with every finding inside the text and all its words filled in.

use ladder_manifest::{Language, Options, Subject, Version, check};
use std::path::{Path, PathBuf};

/// Every recorded manifest, without those that are wrong by their length.
fn texts() -> Vec<String> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/refusals"));
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        entries
    };
    let folders = entries(folder).into_iter().filter(|entry| entry.is_dir());
    let files = folders.flat_map(|folder| entries(&folder));
    let texts = files.filter_map(|file| std::fs::read_to_string(file).ok());
    texts.filter(|text| text.len() < 10_000).collect()
}

#[track_caller]
fn holds(text: &str, options: &Options) {
    for finding in check(text, options).findings {
        assert!(
            text.get(finding.span.clone()).is_some(),
            "{finding:?} is not in {text:?}"
        );
        for language in Language::ALL {
            let help = finding.help(language);
            assert!(
                help.is_some() || finding.advice.is_empty(),
                "{finding:?} has no help"
            );
            for words in [finding.message(language), help.unwrap_or_default()] {
                assert!(words != finding.rule.code, "{finding:?} has no message");
                assert!(!has_empty_place(&words), "{words}");
            }
        }
    }
}

/// Whether a `{name}` was left as it is.
fn has_empty_place(words: &str) -> bool {
    [
        "field", "name", "place", "known", "meant", "value", "values", "written", "kind",
        "version", "use", "release",
    ]
    .iter()
    .any(|name| words.contains(&format!("{{{name}}}")))
}

#[test]
fn every_recorded_manifest() {
    let all = Options {
        versions: Version::all().collect(),
        ..Options::default()
    };
    for text in texts() {
        holds(&text, &Options::default());
        holds(&text, &all);
    }
}

#[test]
fn a_manifest_that_breaks_off_anywhere() {
    for text in texts().iter().step_by(40) {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            holds(&text[..end], &Options::default());
        }
    }
}

#[test]
fn a_manifest_without_any_one_of_its_lines() {
    for text in texts().iter().step_by(60) {
        let lines: Vec<&str> = text.lines().collect();
        for without in 0..lines.len() {
            let kept = lines
                .iter()
                .enumerate()
                .filter(|(number, _)| *number != without);
            let kept: Vec<&str> = kept.map(|(_, line)| *line).collect();
            holds(&kept.join("\n"), &Options::default());
        }
    }
}

#[test]
fn a_manifest_that_is_taken_for_a_part_of_another() {
    let places = [
        "Pod.spec",
        "Deployment",
        "Deployment.spec.template",
        "Pod.spec.containers",
        "ConfigMap.data",
        "",
        ".",
    ];
    for place in places {
        let options = Options {
            subject: Subject::Fragment(place.to_owned()),
            ..Options::default()
        };
        for text in texts().iter().step_by(60) {
            holds(text, &options);
        }
    }
}
