//! `update-strategy`: a StatefulSet replaces its pods in one of two ways, and orders them in one of two.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go>. The walk along the schema
//! knows some of these values; the server has other words for them, which take the place of the walk's.

use super::names::quoted;
use super::{Object, Part, UNSUPPORTED_VALUE, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("update-strategy");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if object.is("apps", &["StatefulSet"]) {
        findings.extend(strategy(object));
        findings.extend(order(object));
    }
}

/// Takes away what the walk said of the same values in other words, and of a Deployment's strategy names the whole.
pub(super) fn amend(object: &Object<'_>, walk: &mut Vec<Finding>, beyond: &[Finding]) {
    let ours = beyond
        .iter()
        .filter(|finding| std::ptr::eq(finding.rule, &RULE));
    for finding in ours {
        walk.retain(|other| {
            !std::ptr::eq(other.rule, &UNSUPPORTED_VALUE) || other.span != finding.span
        });
    }
    let Some(strategy) = object
        .part("spec.strategy")
        .filter(|_| object.is("apps", &["Deployment"]))
    else {
        return;
    };
    for finding in walk.iter_mut() {
        if std::ptr::eq(finding.rule, &UNSUPPORTED_VALUE)
            && finding.path == "spec.strategy.type"
            && let Some(text) = strategy.text("type")
        {
            finding.path.clone_from(&strategy.path);
            finding.variant = "whole";
            finding.arguments.push(("whole", value(&strategy, text)));
        }
    }
}

fn strategy(object: &Object<'_>) -> Option<Finding> {
    let strategy = object.part("spec.updateStrategy")?;
    let written = strategy.field("type")?;
    let text = written.node.as_str()?;
    if ["", "RollingUpdate", "OnDelete"].contains(&text) {
        return None;
    }
    let finding = object.finding(&RULE, written.node, &strategy.path);
    let finding = finding
        .saying("stateful-set")
        .with("value", value(&strategy, text));
    Some(match text {
        "Recreate" => finding.advising("recreate"),
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
