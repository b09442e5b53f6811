//! `pod-security-label`: the labels of Pod Security Admission take three levels, and releases.
//!
//! <https://github.com/kubernetes/pod-security-admission/blob/master/api/helpers.go>.

use super::names::quoted;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("pod-security-label");

const PREFIX: &str = "pod-security.kubernetes.io/";
const LEVELS: [&str; 3] = ["privileged", "baseline", "restricted"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(labels) = object
        .at("metadata.labels")
        .filter(|_| object.is("", &["Namespace"]))
    else {
        return;
    };
    for entry in labels.entries() {
        let (Some(name), Some(value)) = (entry.key.strip_prefix(PREFIX), entry.value.as_str())
        else {
            continue;
        };
        let variant = match name {
            "enforce" | "audit" | "warn" if !LEVELS.contains(&value) => "level",
            "enforce-version" | "audit-version" | "warn-version" if !is_release(value) => "version",
            _ => continue,
        };
        let path = format!("metadata.labels[{}]", entry.key);
        let finding = object.finding(&RULE, &entry.value, &path).saying(variant);
        findings.push(finding.with("value", quoted(value)).advising(variant));
    }
}

/// `latest`, or `v1.` and a number.
fn is_release(text: &str) -> bool {
    let number = text.strip_prefix("v1.");
    let digits = |number: &str| {
        number == "0"
            || (!number.is_empty()
                && !number.starts_with('0')
                && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    text == "latest" || number.is_some_and(digits)
}
