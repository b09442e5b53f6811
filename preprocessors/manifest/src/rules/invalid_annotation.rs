//! `invalid-annotation`: the key of an annotation is formed as that of a label is, and all of them together are bounded.
//!
//! <https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validation/objectmeta.go>, `ValidateAnnotations`.

use super::names::key_fault;
use super::{Object, error};
use crate::yaml::{Entry, Node};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("invalid-annotation");

/// The bytes of all keys and values together.
const LIMIT: usize = 256 * 1024;

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.kind.named {
        return;
    }
    if let Some(entry) = object.entry("metadata.annotations") {
        map(object, entry, "metadata.annotations", findings);
    }
    for pod in object.pods().iter().filter(|pod| !pod.bare) {
        if let Some(entry) = pod
            .metadata
            .and_then(|metadata| metadata.entry("annotations"))
        {
            let path = pod.metadata_path.replace(".metadata", ".annotations");
            map(object, entry, &path, findings);
        }
    }
}

fn map(object: &Object<'_>, annotations: &Entry<'_>, path: &str, findings: &mut Vec<Finding>) {
    for entry in annotations.value.entries() {
        if let Some(variant) = key_fault(&entry.key.to_lowercase()) {
            let finding = object.finding_at(&RULE, entry.key_span.clone(), path);
            let finding = finding.saying(variant).with("value", &*entry.key);
            findings.push(finding.advising("key"));
        }
    }
    if size(&annotations.value) > LIMIT {
        let finding = object.finding_at(&RULE, annotations.key_span.clone(), path);
        findings.push(finding.saying("too-long").advising("too-long"));
    }
}

fn size(annotations: &Node<'_>) -> usize {
    let length = |entry: &Entry<'_>| entry.key.len() + entry.value.as_str().map_or(0, str::len);
    annotations.entries().iter().map(length).sum()
}
