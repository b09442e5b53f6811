//! `template-deadline`: the pods of a workload that keeps running have no time limit.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go>.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("template-deadline");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let kind = match (object.kind.group, object.kind.kind) {
        // The server says `ReplicaSet` of a Deployment too.
        ("apps", "Deployment" | "ReplicaSet") => "ReplicaSet",
        ("apps", kind @ ("StatefulSet" | "DaemonSet")) => kind,
        ("", kind @ "ReplicationController") => kind,
        _ => return,
    };
    if let Some(deadline) = object.part("spec.template.spec.activeDeadlineSeconds") {
        let span = object.lacking(&deadline);
        let finding = object.finding_at(&RULE, span, &deadline.path);
        findings.push(finding.with("kind", kind));
    }
}
