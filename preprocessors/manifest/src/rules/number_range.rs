//! `number-range`: numbers with bounds of their own: seconds, priorities, sizes of steps.
//!
//! One table for all kinds: a field is in it when an API server was seen to refuse it. What only must not be negative is
//! `negative-number`.

use super::object::integer;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("number-range");

/// Definition, field, least, most, and the words if it is below or above.
type Bound = (
    &'static str,
    &'static str,
    i64,
    i64,
    &'static str,
    &'static str,
);

const FIELDS: &[Bound] = &[
    (
        "HPAScalingRules",
        "stabilizationWindowSeconds",
        0,
        3600,
        "not-negative",
        "window",
    ),
    (
        "HPAScalingPolicy",
        "value",
        1,
        i64::MAX,
        "positive",
        "positive",
    ),
    (
        "HPAScalingPolicy",
        "periodSeconds",
        1,
        1800,
        "positive",
        "period",
    ),
    (
        "ValidatingWebhook",
        "timeoutSeconds",
        1,
        30,
        "webhook",
        "webhook",
    ),
    (
        "MutatingWebhook",
        "timeoutSeconds",
        1,
        30,
        "webhook",
        "webhook",
    ),
    (
        "PriorityClass",
        "value",
        i64::MIN,
        1_000_000_000,
        "priority",
        "priority",
    ),
    (
        "ClientIPConfig",
        "timeoutSeconds",
        1,
        86400,
        "affinity",
        "affinity",
    ),
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let affinity = object
        .at("spec.sessionAffinity")
        .and_then(|affinity| affinity.as_str());
    for (definition, field, least, most, below, above) in FIELDS {
        // Without that affinity the server drops the timeout.
        if *definition == "ClientIPConfig" && affinity != Some("ClientIP") {
            continue;
        }
        let name = object.at("metadata.name").and_then(|name| name.as_str());
        // The classes that every cluster has may be more urgent than others.
        if *definition == "PriorityClass" && name.is_some_and(|name| name.starts_with("system-")) {
            continue;
        }
        for part in object.parts(definition) {
            let Some(field) = part.field(field) else {
                continue;
            };
            let said = match integer(field.node) {
                Some(number) if number < *least => below,
                Some(number) if number > *most => above,
                _ => continue,
            };
            let finding = object.finding(&RULE, field.node, &field.path).saying(said);
            findings.push(finding.with("value", field.node.written(object.source)));
        }
    }
}
