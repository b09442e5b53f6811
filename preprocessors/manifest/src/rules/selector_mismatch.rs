//! `selector-mismatch`: a workload's selector must find the pods that its own template makes.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go>,
//! `ValidatePodTemplateSpecForReplicaSet`.

use super::names::{json, quoted};
use super::{Object, Part, error, invalid_label, invalid_selector};
use crate::yaml::{Node, Value};
use crate::{Finding, Rule};
use std::ops::Range;

pub(super) static RULE: Rule = error("selector-mismatch");

const KINDS: &[&str] = &["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let controller = object.is("", &["ReplicationController"]);
    if !controller && !object.is("apps", KINDS) {
        return;
    }
    let (Some(selector), Some(template)) =
        (object.part("spec.selector"), object.part("spec.template"))
    else {
        return;
    };
    let labels = template
        .field("metadata")
        .and_then(|metadata| metadata.field("labels"));
    let labels = labels.map(|labels| labels.node);
    if !labels.is_none_or(is_plain) {
        return;
    }
    let unmet = match controller {
        true => first_unequal(selector.node, labels),
        false => unmet(object, &selector, labels),
    };
    if let Some((span, needed)) = unmet {
        let place = place(object, &template, labels);
        let finding = object.finding_at(&RULE, place, "spec.template.metadata.labels");
        let finding = finding.with("value", labels.map_or("null".to_owned(), json));
        let finding = match needed {
            Some(needed) => finding.with("needed", needed).advising("add"),
            None => finding.advising("match"),
        };
        findings.push(finding.also(span, "selector"));
    }
}

/// A map of texts, as labels must be.
fn is_plain(labels: &Node<'_>) -> bool {
    matches!(labels.value, Value::Map(_))
        && labels
            .entries()
            .iter()
            .all(|entry| entry.value.as_str().is_some() || entry.value.is_null())
}

/// The labels, or where they should stand.
fn place(object: &Object<'_>, template: &Part<'_>, labels: Option<&Node<'_>>) -> Range<usize> {
    match (labels, template.field("metadata")) {
        (Some(labels), _) => labels.span.clone(),
        (None, Some(metadata)) => object.lacking(&metadata),
        (None, None) => object.lacking(template),
    }
}

/// Where a selector asks for something that the labels lack, and the pair to write if there is one.
type Unmet = Option<(Range<usize>, Option<String>)>;

fn unmet(object: &Object<'_>, selector: &Part<'_>, labels: Option<&Node<'_>>) -> Unmet {
    let known = |key: &str| ["matchLabels", "matchExpressions"].contains(&key);
    let entries = selector.node.entries();
    // Of a selector that is wrong itself other rules speak.
    if !entries.iter().all(|entry| known(&entry.key))
        || !invalid_selector::is_sound(object, selector)
        || !invalid_label::is_sound(object, selector)
    {
        return None;
    }
    if let Some(pairs) = selector.field("matchLabels") {
        if !is_plain(pairs.node) {
            return None;
        }
        let unmet = first_unequal(pairs.node, labels);
        if unmet.is_some() {
            return unmet;
        }
    }
    let requirements = selector.list("matchExpressions");
    let unmet = requirements.iter().find(|part| !holds(part, labels))?;
    Some((unmet.node.span.clone(), None))
}

fn first_unequal(pairs: &Node<'_>, labels: Option<&Node<'_>>) -> Unmet {
    let unmet = pairs.entries().iter().find(|entry| {
        let wanted = entry.value.as_str();
        wanted.is_some() && label(labels, &entry.key) != wanted
    })?;
    let value = match &unmet.value {
        node if node.plain => node.as_str().unwrap_or_default().to_owned(),
        node => quoted(node.as_str().unwrap_or_default()),
    };
    let span = unmet.key_span.start..unmet.value.span.end;
    Some((span, Some(format!("{}: {value}", unmet.key))))
}

fn label<'n>(labels: Option<&'n Node<'_>>, key: &str) -> Option<&'n str> {
    let value = labels?.get(key)?;
    Some(value.as_str().unwrap_or_default())
}

/// Whether a requirement holds of the labels; one that cannot be read does.
fn holds(requirement: &Part<'_>, labels: Option<&Node<'_>>) -> bool {
    let (Some(key), Some(operator)) = (requirement.text("key"), requirement.text("operator"))
    else {
        return true;
    };
    let found = label(labels, key);
    let among = |value: &str| {
        let values = requirement.list("values");
        values.iter().any(|item| item.node.as_str() == Some(value))
    };
    match operator {
        "In" => found.is_some_and(among),
        "NotIn" => !found.is_some_and(among),
        "Exists" => found.is_some(),
        "DoesNotExist" => found.is_none(),
        _ => true,
    }
}
