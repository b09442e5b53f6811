//! Rules, words and explanations are in step, in both languages.

use crate::shelf::Shelf;
use ladder_manifest::Language;
use mdbook_ladder::rules::{RULES, WORDS, explain};
use std::collections::BTreeSet;

#[test]
fn both_languages_have_the_same_words() {
    let [chinese, english] = Language::ALL.map(|language| {
        WORDS
            .keys(language)
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    });
    assert_eq!(chinese, english);
}

#[test]
fn every_rule_has_words_and_every_word_a_rule() {
    let codes: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), RULES.len(), "a code stands twice");
    let keys: BTreeSet<(&str, &str)> = WORDS
        .keys(Language::English)
        .filter_map(|key| key.split_once('.'))
        .collect();
    assert_eq!(
        keys.iter().map(|(code, _)| *code).collect::<BTreeSet<_>>(),
        codes
    );
    for code in codes {
        let has = |part: &str| {
            keys.iter()
                .any(|(of, key)| *of == code && key.split('.').next() == Some(part))
        };
        assert!(has("message") && has("help"), "{code}");
    }
}

#[test]
fn both_languages_fill_in_the_same_places() {
    let places = |text: &str| {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase()))
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    for key in WORDS.keys(Language::English) {
        let [chinese, english] = Language::ALL
            .map(|language| places(&WORDS.text(language, key, &[]).unwrap_or_default()));
        assert_eq!(chinese, english, "{key}");
    }
}

#[test]
fn every_rule_is_explained_with_an_example() {
    for rule in RULES {
        for language in Language::ALL {
            let text = explain(rule.code, language).unwrap_or_default();
            assert!(
                text.starts_with(&format!("# `{}`: ", rule.code)),
                "{} in {}",
                rule.code,
                language.code()
            );
            assert!(
                text.matches("```").count() >= 2,
                "{} in {} shows nothing",
                rule.code,
                language.code()
            );
        }
    }
    assert_eq!(explain("no-such-code", Language::English), None);
}

#[test]
fn explanations_belong_to_rules() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/explain");
    let codes: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        let code = name
            .trim_end_matches(".md")
            .rsplit_once('.')
            .map_or("", |(code, _)| code);
        assert!(codes.contains(code), "{name} explains no rule");
    }
}

/// The rules whose examples are pieces of a page: the wrong one must be found, the right one must not.
const SHOWN_BY_A_PAGE: [&str; 11] = [
    "include-missing",
    "include-outside",
    "include-part",
    "fence-attribute",
    "ignore-without-reason",
    "expect-unmet",
    "console-format",
    "console-shell",
    "page-title",
    "heading-id",
    "dead-anchor",
];

#[test]
fn examples_are_what_they_say() {
    for code in SHOWN_BY_A_PAGE {
        for language in Language::ALL {
            let text = explain(code, language).expect("an explanation");
            let examples = examples(text);
            assert!(
                finds(code, examples[0]),
                "the wrong example of {code} in {} is right",
                language.code()
            );
            assert!(
                !finds(code, examples[1]),
                "the right example of {code} in {} is wrong",
                language.code()
            );
        }
    }
}

/// The code blocks of an explanation: what stands between two lines of the same marks.
fn examples(text: &str) -> Vec<&str> {
    let marks = if text.contains("````") { "````" } else { "```" };
    text.split(&format!("\n{marks}"))
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.split_once('\n'))
        .map(|(_, code)| code)
        .collect()
}

fn finds(code: &str, example: &str) -> bool {
    let page = if code == "page-title" {
        example.to_owned()
    } else {
        format!("# Title\n\n{example}\n")
    };
    let shelf = Shelf::new(&[("src/zh/pods.md", &page), ("src/en/pods.md", &page)]);
    shelf
        .findings()
        .iter()
        .any(|found| found.contains(&format!(" {code} ")))
}
