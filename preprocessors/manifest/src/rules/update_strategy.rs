//! `update-strategy`: a workload replaces its pods in one of two ways, and a StatefulSet orders them in one of two.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go>. The walk along the schema
//! knows some of these values; the server has other words for them, which take the place of the walk's.

use super::names::quoted;
use super::{Object, Part, UNSUPPORTED_VALUE, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("update-strategy");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let found = match (object.kind.group, object.kind.kind) {
        ("apps", "Deployment") => vec![strategy(object, "spec.strategy", "deployment")],
        ("apps", "StatefulSet") => vec![
            strategy(object, "spec.updateStrategy", "stateful-set"),
            order(object),
        ],
        _ => return,
    };
    findings.extend(found.into_iter().flatten());
}

/// Takes away what the walk said of the same values in other words.
pub(super) fn amend(walk: &mut Vec<Finding>, beyond: &[Finding]) {
    let ours = beyond
        .iter()
        .filter(|finding| std::ptr::eq(finding.rule, &RULE));
    for finding in ours {
        walk.retain(|other| {
            !std::ptr::eq(other.rule, &UNSUPPORTED_VALUE) || other.span != finding.span
        });
    }
}

fn strategy(object: &Object<'_>, field: &str, variant: &'static str) -> Option<Finding> {
    let strategy = object.part(field)?;
    let written = strategy.field("type")?;
    let text = written.node.as_str()?;
    let other = match variant {
        "deployment" => "Recreate",
        _ => "OnDelete",
    };
    if ["", "RollingUpdate", other].contains(&text) {
        return None;
    }
    let finding = object.finding(&RULE, written.node, field).saying(variant);
    let finding = finding.with("value", value(&strategy, text));
    Some(match (variant, text) {
        ("deployment", _) => finding.advising("deployment"),
        (_, "Recreate") => finding.advising("recreate"),
        _ => finding.advising("stateful-set"),
    })
}

/// As the server prints it: in the names of its own type.
fn value(strategy: &Part<'_>, text: &str) -> String {
    match strategy.has("rollingUpdate") {
        true => quoted(text),
        false => format!("{{\"Type\":{},\"RollingUpdate\":null}}", quoted(text)),
    }
}

fn order(object: &Object<'_>) -> Option<Finding> {
    let policy = object.part("spec.podManagementPolicy")?;
    let text = policy.node.as_str()?;
    if ["", "OrderedReady", "Parallel"].contains(&text) {
        return None;
    }
    let finding = object
        .finding(&RULE, policy.node, &policy.path)
        .saying("order");
    Some(finding.with("value", quoted(text)).advising("order"))
}
