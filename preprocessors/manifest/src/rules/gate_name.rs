//! `gate-name`: what a pod waits for, before it is scheduled or ready, is named like a label: `example.com/checked`.

use super::{Object, Part, error, syntax};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("gate-name");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        for gate in pod.spec.list("readinessGates") {
            if let Some(name) = gate.field("conditionType") {
                named(object, &name, &name.path, findings);
            }
        }
        for gate in pod.spec.list("schedulingGates") {
            if let Some(name) = gate.field("name") {
                named(object, &name, &gate.path, findings);
            }
        }
    }
}

fn named(object: &Object<'_>, name: &Part<'_>, path: &str, findings: &mut Vec<Finding>) {
    let Some(text) = name.node.as_str().filter(|text| !text.is_empty()) else {
        return;
    };
    if !syntax::is_qualified_name(text) {
        findings.push(object.finding(&RULE, name.node, path).with("value", text));
    }
}
