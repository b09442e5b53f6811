//! `invalid-label` within a pod: the labels of nodes that it asks for, and the taints that it tolerates.

use super::invalid_label::RULE;
use super::names::{key_fault, value_fault};
use super::{Object, Part, Pod};
use crate::Finding;
use crate::yaml::Node;

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        tolerations(object, &pod, findings);
        let keys = node_terms(&pod)
            .into_iter()
            .flat_map(|term| term.list("matchExpressions"))
            .filter_map(|expression| expression.field("key"));
        for key in keys.chain(topology_keys(&pod)) {
            say(object, key.node, &key.path, key_fault, "key", findings);
        }
    }
}

fn tolerations(object: &Object<'_>, pod: &Pod<'_>, findings: &mut Vec<Finding>) {
    for toleration in pod.spec.list("tolerations") {
        if let Some(key) = toleration.field("key") {
            say(object, key.node, &key.path, key_fault, "key", findings);
        }
        if let Some(value) = toleration.field("value")
            && toleration.text("operator").unwrap_or("Equal") == "Equal"
        {
            // The server names the operator, by which the value is one to compare.
            let path = format!("{}.operator", toleration.path);
            say(object, value.node, &path, value_fault, "value", findings);
        }
    }
}

fn node_terms<'o>(pod: &Pod<'o>) -> Vec<Part<'o>> {
    let affinity = pod.spec.field("affinity");
    let Some(affinity) = affinity.and_then(|affinity| affinity.field("nodeAffinity")) else {
        return Vec::new();
    };
    let required = affinity.field("requiredDuringSchedulingIgnoredDuringExecution");
    let mut terms = required.map_or(Vec::new(), |required| required.list("nodeSelectorTerms"));
    let preferred = affinity.list("preferredDuringSchedulingIgnoredDuringExecution");
    terms.extend(preferred.iter().filter_map(|item| item.field("preference")));
    terms
}

fn topology_keys<'o>(pod: &Pod<'o>) -> Vec<Part<'o>> {
    let mut terms = Vec::new();
    if let Some(affinity) = pod.spec.field("affinity") {
        let kinds = ["podAffinity", "podAntiAffinity"];
        for kind in kinds.iter().filter_map(|kind| affinity.field(kind)) {
            terms.extend(kind.list("requiredDuringSchedulingIgnoredDuringExecution"));
            let preferred = kind.list("preferredDuringSchedulingIgnoredDuringExecution");
            terms.extend(
                preferred
                    .iter()
                    .filter_map(|item| item.field("podAffinityTerm")),
            );
        }
    }
    terms
        .iter()
        .filter_map(|term| term.field("topologyKey"))
        .collect()
}

fn say(
    object: &Object<'_>,
    node: &Node<'_>,
    path: &str,
    fault: fn(&str) -> Option<&'static str>,
    advice: &'static str,
    findings: &mut Vec<Finding>,
) {
    let Some(text) = node.as_str().filter(|text| !text.is_empty()) else {
        return;
    };
    if let Some(variant) = fault(text) {
        let finding = object.finding(&RULE, node, path);
        findings.push(finding.saying(variant).advising(advice).with("value", text));
    }
}
