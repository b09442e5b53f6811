//! `disruption-budget`: a PodDisruptionBudget says how many stay or how many may go, not both.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("disruption-budget");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("policy", &["PodDisruptionBudget"]) {
        return;
    }
    if let (Some(stay), Some(go)) = (
        object.entry("spec.minAvailable"),
        object.entry("spec.maxUnavailable"),
    ) && !stay.value.is_null()
        && !go.value.is_null()
    {
        let (first, second) = match stay.key_span.start < go.key_span.start {
            true => (stay, go),
            false => (go, stay),
        };
        let finding = object.finding_at(&RULE, second.key_span.clone(), "spec");
        findings.push(finding.also(first.key_span.clone(), "first"));
    }
}
