//! `update-strategy`: a StatefulSet updates its pods by itself, or waits until someone deletes them.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go>,
//! `ValidateStatefulSetSpec`. The other workloads have lists of values in the schema.

use super::names::quoted;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("update-strategy");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let strategy = object.part("spec.updateStrategy");
    let Some(strategy) = strategy.filter(|_| object.is("apps", &["StatefulSet"])) else {
        return;
    };
    let Some(written) = strategy.field("type") else {
        return;
    };
    let Some(text) = written.node.as_str() else {
        return;
    };
    if !["", "RollingUpdate", "OnDelete"].contains(&text) {
        let finding = object.finding(&RULE, written.node, &strategy.path);
        let finding = finding.with("value", quoted(text));
        findings.push(match text {
            "Recreate" => finding.advising("recreate"),
            _ => finding.advising("known"),
        });
    }
}
