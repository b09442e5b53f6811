//! `scale-target`: what an autoscaler scales is named with its group: `apps/v1`, not `v1`.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("scale-target");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("autoscaling", &["HorizontalPodAutoscaler"]) {
        return;
    }
    let Some(target) = object.part("spec.scaleTargetRef") else {
        return;
    };
    // A ReplicationController is of the group that has no name.
    if target.text("kind") == Some("ReplicationController") {
        return;
    }
    let written = target.field("apiVersion");
    let Some(value) = written.as_ref().map_or(Some(""), |part| part.node.as_str()) else {
        return;
    };
    let said = match value.split('/').count() {
        1 => "group",
        2 => return,
        _ => "parts",
    };
    let span = written
        .as_ref()
        .map_or_else(|| object.lacking(&target), |part| part.node.span.clone());
    let path = format!("{}.apiVersion", target.path);
    let finding = object
        .finding_at(&RULE, span, &path)
        .saying(said)
        .with("value", value);
    findings.push(finding.advising("apps"));
}
