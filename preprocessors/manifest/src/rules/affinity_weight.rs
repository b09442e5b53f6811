//! `affinity-weight`: how much a pod prefers something is a number from 1 to 100.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("affinity-weight");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let Some(affinity) = pod.spec.field("affinity") else {
            continue;
        };
        let kinds = ["nodeAffinity", "podAffinity", "podAntiAffinity"];
        for kind in kinds.iter().filter_map(|kind| affinity.field(kind)) {
            for item in kind.list("preferredDuringSchedulingIgnoredDuringExecution") {
                let Some(weight) = item.field("weight") else {
                    continue;
                };
                if let Some(number) = item.integer("weight")
                    && !(1..=100).contains(&number)
                {
                    let finding = object.finding(&RULE, weight.node, &weight.path);
                    findings.push(finding.with("value", number.to_string()));
                }
            }
        }
    }
}
