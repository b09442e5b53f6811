//! `resource-name`: which resources a container can ask for.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>,
//! `validateContainerResourceName`.

use super::resources::{Resources, is_extended, is_huge_pages};
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("resource-name");

const OF_CONTAINERS: &[&str] = &["cpu", "memory", "ephemeral-storage"];
const OF_PODS: &[&str] = &["cpu", "memory"];
/// Resources of which quotas and volumes speak, and containers do not.
const ELSEWHERE: &[&str] = &[
    "storage",
    "pods",
    "services",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "replicationcontrollers",
    "resourcequotas",
    "requests.cpu",
    "requests.memory",
    "requests.storage",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "services.nodeports",
    "services.loadbalancers",
];
/// What people write for a resource, and its name.
const MEANT: &[(&str, &str)] = &[
    ("mem", "memory"),
    ("ram", "memory"),
    ("memroy", "memory"),
    ("cpus", "cpu"),
    ("disk", "ephemeral-storage"),
    ("storage", "ephemeral-storage"),
    ("gpu", "nvidia.com/gpu"),
    ("requests.cpu", "cpu"),
    ("limits.cpu", "cpu"),
    ("requests.memory", "memory"),
    ("limits.memory", "memory"),
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for resources in Resources::of(object) {
        for share in resources.all() {
            let name = share.name();
            let Some(variant) = fault(name, resources.of_pod) else {
                continue;
            };
            let finding = object
                .finding_at(&RULE, share.entry.key_span.clone(), &share.path)
                .saying(variant)
                .with("value", name);
            let lower = name.to_lowercase();
            let plain = OF_CONTAINERS.iter().find(|known| **known == lower);
            let meant = MEANT
                .iter()
                .find(|(written, _)| *written == lower)
                .map(|(_, meant)| meant);
            findings.push(match plain.or(meant).filter(|_| variant != "pod") {
                Some(meant) => finding.with("meant", *meant).advising("meant"),
                None => finding.advising(if variant == "pod" { "pod" } else { "known" }),
            });
        }
    }
}

fn fault(name: &str, of_pod: bool) -> Option<&'static str> {
    match () {
        _ if is_huge_pages(name) => None,
        _ if of_pod => (!OF_PODS.contains(&name)).then_some("pod"),
        _ if OF_CONTAINERS.contains(&name) => None,
        _ if ELSEWHERE.contains(&name) => Some("container"),
        _ if !name.contains('/') => Some("standard"),
        _ if is_extended(name) && name.starts_with("requests.") => Some("extended"),
        _ => None,
    }
}
