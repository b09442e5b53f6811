//! `empty-selector`: a workload must say which pods are its own; an empty selector would take all of them.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go>.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("empty-selector");

const FIELDS: [&str; 2] = ["matchLabels", "matchExpressions"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    // The server says `deployment` of a ReplicaSet too.
    let kind = match object.kind.kind {
        "Deployment" | "ReplicaSet" => "deployment",
        "StatefulSet" => "statefulset",
        "DaemonSet" => "daemonset",
        _ => return,
    };
    let Some(selector) = object
        .part("spec.selector")
        .filter(|_| object.kind.group == "apps")
    else {
        return;
    };
    let known = |key: &str| FIELDS.contains(&key);
    let empty = selector.node.entries().iter().all(|entry| {
        let value = &entry.value;
        known(&entry.key) && value.entries().is_empty() && value.items().is_empty()
    });
    let map = matches!(selector.node.value, crate::yaml::Value::Map(_));
    if map && empty {
        let finding = object.finding_at(&RULE, object.lacking(&selector), "spec.selector");
        findings.push(finding.with("kind", kind));
    }
}
