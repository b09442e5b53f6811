//! `docker-config`: what a Secret says to a registry is JSON.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>, `ValidateSecret`.
//! Looks only at how it begins.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("docker-config");

const KEYS: &[(&str, &str)] = &[
    ("kubernetes.io/dockerconfigjson", ".dockerconfigjson"),
    ("kubernetes.io/dockercfg", ".dockercfg"),
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("", &["Secret"]) {
        return;
    }
    let type_ = object.at("type").and_then(|node| node.as_str());
    let Some((_, key)) = KEYS.iter().find(|(known, _)| type_ == Some(known)) else {
        return;
    };
    let written = |field| object.at(field).and_then(|data| data.get(key));
    let (plain, encoded) = (written("stringData"), written("data"));
    let Some(node) = plain.or(encoded) else {
        return;
    };
    let Some(text) = node.as_str().and_then(|text| match plain {
        Some(_) => Some(text.to_owned()),
        None => beginning(text),
    }) else {
        return;
    };
    let finding = object.finding(&RULE, node, &format!("data[{key}]"));
    match text
        .trim_start_matches([' ', '\t', '\r', '\n'])
        .chars()
        .next()
    {
        None if plain.is_some() => findings.push(finding.saying("empty")),
        None => {}
        // Another value of JSON, or the beginning of one.
        Some('{' | '[' | '"' | '-' | '0'..='9' | 't' | 'f' | 'n') => {}
        Some(first) => {
            let finding = finding.saying("character");
            findings.push(finding.with("character", format!("{first:?}")));
        }
    }
}

/// The first letter of a text in base64, if it is a plain one.
fn beginning(encoded: &str) -> Option<String> {
    let mut digits = encoded.bytes().map(value);
    let (first, second) = (digits.next()??, digits.next()??);
    let letter = first << 2 | second >> 4;
    letter.is_ascii().then(|| char::from(letter).to_string())
}

/// What a digit of base64 is worth.
fn value(digit: u8) -> Option<u8> {
    Some(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}
