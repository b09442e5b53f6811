//! `invalid-namespace`: a namespace with such a name cannot exist.
//!
//! The server looks for it and does not find it. Whether one with a possible name exists is not asked here, and kinds
//! that live in no namespace drop what is written.

use super::names::is_label;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("invalid-namespace");

/// Groups and kinds that live in a namespace; of others nothing is said.
const NAMESPACED: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "ConfigMap",
            "Secret",
            "Pod",
            "Service",
            "ServiceAccount",
            "PersistentVolumeClaim",
            "ReplicationController",
            "LimitRange",
            "ResourceQuota",
            "PodTemplate",
            "Endpoints",
        ],
    ),
    (
        "apps",
        &[
            "Deployment",
            "ReplicaSet",
            "StatefulSet",
            "DaemonSet",
            "ControllerRevision",
        ],
    ),
    ("batch", &["Job", "CronJob"]),
    ("autoscaling", &["HorizontalPodAutoscaler"]),
    ("policy", &["PodDisruptionBudget"]),
    ("networking.k8s.io", &["Ingress", "NetworkPolicy"]),
    ("rbac.authorization.k8s.io", &["Role", "RoleBinding"]),
    ("coordination.k8s.io", &["Lease"]),
    ("discovery.k8s.io", &["EndpointSlice"]),
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !NAMESPACED
        .iter()
        .any(|(group, kinds)| object.is(group, kinds))
    {
        return;
    }
    if let Some(node) = object.at("metadata.namespace")
        && let Some(name) = node.as_str().filter(|name| !name.is_empty())
        && (!is_label(name) || name.len() > 63)
    {
        let finding = object.finding(&RULE, node, "metadata.namespace");
        let finding = finding.with("value", name);
        findings.push(match name.contains(['$', '{', '<']) {
            true => finding.advising("template"),
            false => finding.advising("letters"),
        });
    }
}
