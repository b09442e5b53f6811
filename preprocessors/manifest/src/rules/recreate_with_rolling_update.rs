//! `recreate-with-rolling-update`: how to roll is told only to a strategy that rolls.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go>,
//! `ValidateDeploymentStrategy` and `ValidateStatefulSetSpec`.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("recreate-with-rolling-update");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let (field, type_, variant) = match (object.kind.group, object.kind.kind) {
        ("apps", "Deployment") => ("spec.strategy", "Recreate", "recreate"),
        ("apps", "StatefulSet") => ("spec.updateStrategy", "OnDelete", "on-delete"),
        _ => return,
    };
    let Some(strategy) = object.part(field) else {
        return;
    };
    if let (Some(written), Some(rolling)) =
        (strategy.field("type"), strategy.field("rollingUpdate"))
        && written.node.as_str() == Some(type_)
    {
        let finding = object.finding_at(&RULE, object.lacking(&rolling), &rolling.path);
        let finding = finding.saying(variant).with("type", type_);
        findings.push(
            finding
                .also(written.node.span.clone(), "type")
                .advising("rolling"),
        );
    }
}
