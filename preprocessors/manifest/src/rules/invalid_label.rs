//! `invalid-label`: keys and values of labels are short words, for selectors to be written with them.
//!
//! <https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/validation/validation.go>, `ValidateLabels`.
//! Asked of an object's own labels, those of a pod template and those within selectors.

use super::names::{key_fault, meant_word, value_fault};
use super::{Object, Part, error};
use crate::yaml::{Entry, Node};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("invalid-label");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.kind.named {
        return;
    }
    if let Some(labels) = object.at("metadata.labels") {
        map(object, labels, "metadata.labels", findings);
    }
    for pod in object.pods().iter().filter(|pod| !pod.bare) {
        if let Some(labels) = pod.metadata.and_then(|metadata| metadata.get("labels")) {
            // The server leaves `metadata` out of this path.
            let path = pod.metadata_path.replace(".metadata", ".labels");
            map(object, labels, &path, findings);
        }
    }
    for selector in object
        .pods()
        .iter()
        .filter_map(|pod| pod.spec.field("nodeSelector"))
    {
        map(object, selector.node, &selector.path, findings);
    }
    // A Service names its pods in a map of labels; the metrics of an autoscaler are not looked at.
    if object.is("", &["Service"])
        && let Some(selector) = object.at("spec.selector")
    {
        map(object, selector, "spec.selector", findings);
    }
    if !object.is("autoscaling", &["HorizontalPodAutoscaler"]) {
        for part in object.selectors() {
            selector(object, &part, findings);
        }
    }
}

/// The keys and values of a map of labels.
fn map(object: &Object<'_>, labels: &Node<'_>, path: &str, findings: &mut Vec<Finding>) {
    for entry in labels.entries() {
        findings.extend(key(object, entry, path));
        findings.extend(value(object, &entry.value, path));
    }
}

fn selector(object: &Object<'_>, part: &Part<'_>, findings: &mut Vec<Finding>) {
    if let Some(labels) = part.field("matchLabels") {
        map(object, labels.node, &labels.path, findings);
    }
    for requirement in part.list("matchExpressions") {
        if let Some(written) = requirement.field("key")
            && let Some(text) = written.node.as_str().filter(|text| !text.is_empty())
            && let Some(variant) = key_fault(text)
        {
            let finding = object.finding(&RULE, written.node, &written.path);
            findings.push(advised(finding.saying(variant), text));
        }
        for item in requirement.list("values") {
            findings.extend(value(object, item.node, &item.path));
        }
    }
}

fn key(object: &Object<'_>, entry: &Entry<'_>, path: &str) -> Option<Finding> {
    let variant = key_fault(&entry.key)?;
    let finding = object.finding_at(&RULE, entry.key_span.clone(), path);
    Some(advised(finding.saying(variant), &entry.key))
}

fn value(object: &Object<'_>, node: &Node<'_>, path: &str) -> Option<Finding> {
    let text = node.as_str()?;
    let finding = object.finding(&RULE, node, path);
    Some(advised(finding.saying(value_fault(text)?), text))
}

/// With what to do about it.
pub(super) fn advised(finding: Finding, text: &str) -> Finding {
    let finding = finding.with("value", text);
    match meant_word(text) {
        _ if finding.variant.ends_with("-long") => finding.advising("long"),
        Some(meant) if !text.contains('/') => finding.with("meant", meant).advising("meant"),
        _ if text.contains(['$', '{', '<']) => finding.advising("template"),
        _ if finding.variant == "value" => finding.advising("value"),
        _ => finding.advising("key"),
    }
}

/// Whether all labels within a selector are right.
pub(super) fn is_sound(object: &Object<'_>, part: &Part<'_>) -> bool {
    let mut findings = Vec::new();
    selector(object, part, &mut findings);
    findings.is_empty()
}
