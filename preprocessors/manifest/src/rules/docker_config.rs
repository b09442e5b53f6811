//! `docker-config`: what a Secret says to a registry is JSON.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>, `ValidateSecret`.
//! Looks at plain text only, and only at how it begins.

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
    let Some(node) = object.at("stringData").and_then(|data| data.get(key)) else {
        return;
    };
    let Some(text) = node.as_str() else {
        return;
    };
    let finding = object.finding(&RULE, node, &format!("data[{key}]"));
    match text
        .trim_start_matches([' ', '\t', '\r', '\n'])
        .chars()
        .next()
    {
        None => findings.push(finding.saying("empty")),
        // Another value of JSON, or the beginning of one.
        Some('{' | '[' | '"' | '-' | '0'..='9' | 't' | 'f' | 'n') => {}
        Some(first) => {
            let finding = finding.saying("character");
            findings.push(finding.with("character", format!("{first:?}")));
        }
    }
}
