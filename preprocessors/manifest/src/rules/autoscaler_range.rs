//! `autoscaler-range`: the most that an autoscaler may start is not less than the least, which is 1 unless it is set.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("autoscaler-range");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object
        .part("spec")
        .filter(|_| object.is("autoscaling", &["HorizontalPodAutoscaler"]))
    else {
        return;
    };
    let least = spec.integer("minReplicas").unwrap_or(1);
    let (Some(most), Some(part)) = (spec.integer("maxReplicas"), spec.field("maxReplicas")) else {
        return;
    };
    // That 0 is none is said of it as of a field that is missing.
    if most < least && most != 0 {
        let finding = object
            .finding(&RULE, part.node, &part.path)
            .with("value", most.to_string());
        findings.push(match spec.field("minReplicas") {
            Some(least) => finding.also(least.node.span.clone(), "least"),
            None => finding,
        });
    }
}
