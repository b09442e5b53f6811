//! `invalid-config-key`: keys of ConfigMaps and Secrets become names of files.
//!
//! <https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go>, `IsConfigMapKey`.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("invalid-config-key");

/// Of each kind its fields with such keys, and the name that the server gives to each.
const FIELDS: &[(&str, &str, &str)] = &[
    ("ConfigMap", "data", "data"),
    ("ConfigMap", "binaryData", "binaryData"),
    ("Secret", "data", "data"),
    ("Secret", "stringData", "data"),
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for (kind, field, named) in FIELDS {
        let Some(data) = object.at(field).filter(|_| object.is("", &[kind])) else {
            continue;
        };
        for entry in data.entries() {
            if let Some(variant) = fault(&entry.key) {
                let path = format!("{named}[{}]", entry.key);
                let finding = object.finding_at(&RULE, entry.key_span.clone(), &path);
                findings.push(advised(finding.saying(variant), &entry.key));
            }
        }
    }
}

fn fault(key: &str) -> Option<&'static str> {
    match key {
        "." => Some("dot"),
        ".." => Some("dots"),
        key if key.len() > 253 => Some("long"),
        key if !is_word(key) => Some("letters"),
        key if key.starts_with("..") => Some("dots-first"),
        _ => None,
    }
}

fn is_word(key: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !key.is_empty() && key.bytes().all(inner)
}

fn advised(finding: Finding, key: &str) -> Finding {
    let meant = key.trim().replace([' ', '/', ':'], "-");
    let finding = finding.with("value", key);
    match is_word(&meant) && fault(&meant).is_none() {
        true => finding.with("meant", meant).advising("meant"),
        false => finding.advising("letters"),
    }
}
