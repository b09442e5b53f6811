//! Every code has its words and its page in both languages, and each page's examples behave as it says.

use ladder_manifest::{Language, Options, RULES, Subject, check, explain};
use std::collections::BTreeSet;

#[test]
fn both_languages_say_the_same_things() {
    for rule in RULES {
        let keys = |language| {
            rule.words
                .keys(language)
                .map(str::to_owned)
                .collect::<BTreeSet<String>>()
        };
        assert_eq!(keys(Language::English), keys(Language::Chinese));
    }
}

#[test]
fn every_word_belongs_to_a_rule_and_every_rule_has_words() {
    let codes: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), RULES.len(), "a code stands twice in RULES");
    let words = RULES[0].words;
    let spoken: BTreeSet<&str> = words
        .keys(Language::English)
        .filter_map(|key| key.split('.').next())
        .collect();
    assert_eq!(codes, spoken);
    for code in codes {
        let has_message = words
            .keys(Language::English)
            .any(|key| key.starts_with(&format!("{code}.message")));
        assert!(has_message, "{code}");
    }
}

#[test]
fn a_translation_fills_the_same_places() {
    let words = RULES[0].words;
    for key in words.keys(Language::English) {
        let places = |language| {
            let text = words.text(language, key, &[]).unwrap_or_default();
            let places = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'));
            places
                .map(|(name, _)| name.to_owned())
                .collect::<BTreeSet<String>>()
        };
        let (english, chinese) = (places(Language::English), places(Language::Chinese));
        // The server's own words may name a value that the Chinese sentence has no need of.
        assert!(
            chinese.is_subset(&english),
            "{key}: {english:?} {chinese:?}"
        );
    }
}

#[test]
fn every_page_has_an_example_that_is_wrong_and_one_that_is_right() {
    for rule in RULES {
        for language in Language::ALL {
            let page =
                explain(rule.code, language).unwrap_or_else(|| panic!("no page for {}", rule.code));
            assert!(
                page.starts_with(&format!("# `{}`", rule.code)),
                "{}",
                rule.code
            );
            let examples = examples(page);
            assert!(examples.len() >= 2, "{} {}", rule.code, language.code());
            for (attributes, text) in examples {
                behaves(rule.code, &attributes, &text);
            }
        }
    }
}

/// The info string of each YAML fence without `yaml`, and what stands in it.
fn examples(page: &str) -> Vec<(Vec<String>, String)> {
    page.split("\n```yaml")
        .skip(1)
        .filter_map(|rest| {
            let (attributes, rest) = rest.split_once('\n')?;
            let attributes = attributes
                .split(',')
                .filter(|attribute| !attribute.is_empty());
            Some((
                attributes.map(str::to_owned).collect(),
                rest.split("\n```").next()?.to_owned(),
            ))
        })
        .collect()
}

#[track_caller]
fn behaves(code: &str, attributes: &[String], text: &str) {
    let value = |name: &str| {
        attributes
            .iter()
            .find_map(|attribute| attribute.strip_prefix(name))
    };
    let subject = value("fragment=").map_or(Subject::Manifests, |place| {
        Subject::Fragment(place.to_owned())
    });
    let found = check(
        text,
        &Options {
            subject,
            ..Options::default()
        },
    )
    .findings;
    let codes: Vec<&str> = found.iter().map(|finding| finding.rule.code).collect();
    match value("expect=") {
        Some(expected) => {
            assert_eq!(expected, code);
            assert_eq!(codes, [code], "{text}");
        }
        None => assert!(codes.is_empty(), "{code}: {found:#?}"),
    }
}
