//! `config-data`: a key of a ConfigMap is text or bytes, not both, and an object holds at most 1 MiB.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>, `ValidateConfigMap` and
//! `ValidateSecret`. The size is that of values, without keys.

use super::{Object, error};
use crate::yaml::Node;
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("config-data");

const LIMIT: usize = 1024 * 1024;

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    twice(object, findings);
    findings.extend(too_long(object));
}

fn twice(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("", &["ConfigMap"]) {
        return;
    }
    let (Some(data), Some(binary)) = (object.at("data"), object.at("binaryData")) else {
        return;
    };
    for entry in data.entries() {
        if let Some(other) = binary.entry(&entry.key) {
            let path = format!("data[{}]", entry.key);
            let finding = object.finding_at(&RULE, entry.key_span.clone(), &path);
            let finding = finding.saying("twice").with("key", &*entry.key);
            findings.push(
                finding
                    .also(other.key_span.clone(), "binary")
                    .advising("twice"),
            );
        }
    }
}

fn too_long(object: &Object<'_>) -> Option<Finding> {
    // Field, whether it holds base64, and the name that the server gives to the whole.
    let (fields, path) = match (object.kind.group, object.kind.kind) {
        ("", "ConfigMap") => ([("data", false), ("binaryData", true)], "[]"),
        ("", "Secret") => ([("stringData", false), ("data", true)], "data"),
        _ => return None,
    };
    let size =
        |(field, encoded): &(&str, bool)| object.at(field).map_or(0, |data| bytes(data, *encoded));
    if fields.iter().map(size).sum::<usize>() <= LIMIT {
        return None;
    }
    let (largest, _) = fields.iter().max_by_key(|field| size(field))?;
    let finding = object.finding_at(&RULE, object.entry(largest)?.key_span.clone(), path);
    Some(finding.saying("too-long").advising("too-long"))
}

/// The bytes of all values, once base64 is decoded.
fn bytes(data: &Node<'_>, encoded: bool) -> usize {
    let length = |text: &str| match encoded {
        true => decoded(text),
        false => text.len(),
    };
    let values = data.entries().iter().map(|entry| &entry.value);
    values.filter_map(Node::as_str).map(length).sum()
}

fn decoded(text: &str) -> usize {
    let digits = text.bytes().filter(|byte| !b"=\r\n".contains(byte)).count();
    digits * 3 / 4
}
