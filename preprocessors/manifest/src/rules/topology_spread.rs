//! `topology-spread`: how pods are spread over nodes or zones.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("topology-spread");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let constraints = pod.spec.list("topologySpreadConstraints");
        for (index, constraint) in constraints.iter().enumerate() {
            numbers(object, constraint, findings);
            let Some(pair) = pair(constraint) else {
                continue;
            };
            let later = &constraints[index + 1..];
            if let Some(twin) = later.iter().find(|other| self::pair(other) == Some(pair)) {
                let path = format!("{}.{{topologyKey, whenUnsatisfiable}}", constraint.path);
                // The server names the first of the two; the second is the one to take away.
                let finding = object.finding_at(&RULE, twin.key("topologyKey"), &path);
                findings.push(
                    finding
                        .saying("twice")
                        .advising("twice")
                        .with("value", format!("{{{}, {}}}", pair.0, pair.1))
                        .also(constraint.key("topologyKey"), "first"),
                );
            }
        }
    }
}

fn pair<'o>(constraint: &Part<'o>) -> Option<(&'o str, &'o str)> {
    Some((
        constraint.text("topologyKey")?,
        constraint.text("whenUnsatisfiable")?,
    ))
}

fn numbers(object: &Object<'_>, constraint: &Part<'_>, findings: &mut Vec<Finding>) {
    let mut blame = |field: &str, variant: &'static str| {
        let Some(part) = constraint.field(field) else {
            return;
        };
        let number = constraint.integer(field).unwrap_or_default();
        let finding = object.finding(&RULE, part.node, &part.path);
        let finding = finding.saying(variant).advising(variant);
        findings.push(finding.with("value", number.to_string()));
    };
    if constraint.integer("maxSkew").is_some_and(|skew| skew <= 0) {
        blame("maxSkew", "skew");
    }
    match constraint.integer("minDomains") {
        Some(..=0) => blame("minDomains", "domains-positive"),
        Some(_) if constraint.text("whenUnsatisfiable") == Some("ScheduleAnyway") => {
            blame("minDomains", "domains");
        }
        _ => {}
    }
}
