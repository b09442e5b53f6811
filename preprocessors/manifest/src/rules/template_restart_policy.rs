//! `template-restart-policy`: the pods of a workload that keeps running are started again whenever they end.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go>. Of Jobs the opposite
//! holds, which another rule says.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("template-restart-policy");

pub(super) const APPS: &[&str] = &["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("apps", APPS) && !object.is("", &["ReplicationController"]) {
        return;
    }
    let Some(policy) = object.part("spec.template.spec.restartPolicy") else {
        return;
    };
    // A policy that nobody knows is an unsupported value already.
    if let Some(value @ ("Never" | "OnFailure")) = policy.node.as_str() {
        let finding = object.finding(&RULE, policy.node, &policy.path);
        findings.push(finding.with("value", value));
    }
}
