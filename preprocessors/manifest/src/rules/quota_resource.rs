//! `quota-resource`: what a ResourceQuota counts, and how much of it there may be.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/helper/helpers.go>, `IsStandardQuotaResourceName`.

use super::resources::quantity;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("quota-resource");

const AMOUNTS: &[&str] = &[
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.storage",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
];
/// What is counted one by one.
const OBJECTS: &[&str] = &[
    "persistentvolumeclaims",
    "resourcequotas",
    "pods",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "services.nodeports",
    "services.loadbalancers",
];
/// What people write for a resource, and its name.
const MEANT: &[(&str, &str)] = &[
    ("mem", "memory"),
    ("requests.mem", "requests.memory"),
    ("limits.mem", "limits.memory"),
    ("request.cpu", "requests.cpu"),
    ("request.memory", "requests.memory"),
    ("limit.cpu", "limits.cpu"),
    ("limit.memory", "limits.memory"),
    ("storage", "requests.storage"),
    ("pvcs", "persistentvolumeclaims"),
    ("deployments", "count/deployments.apps"),
    ("deployments.apps", "count/deployments.apps"),
    ("statefulsets", "count/statefulsets.apps"),
    ("replicasets", "count/replicasets.apps"),
    ("jobs", "count/jobs.batch"),
    ("cronjobs", "count/cronjobs.batch"),
    ("ingresses", "count/ingresses.networking.k8s.io"),
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(hard) = object
        .part("spec.hard")
        .filter(|_| object.is("", &["ResourceQuota"]))
    else {
        return;
    };
    for entry in hard.node.entries() {
        let path = format!("{}[{}]", hard.path, entry.key);
        if !is_known(&entry.key) {
            let finding = object.finding_at(&RULE, entry.key_span.clone(), &path);
            let finding = finding.with("value", &*entry.key);
            // Claims know it, quotas do not.
            let said = if entry.key == "storage" {
                "quota"
            } else {
                "name"
            };
            let finding = finding.saying(said);
            findings.push(match meant(&entry.key) {
                Some(meant) => finding.with("meant", meant).advising("meant"),
                None => finding.advising("name"),
            });
        }
        let Some(amount) = quantity(&entry.value) else {
            continue;
        };
        let fault = match () {
            _ if amount.nano < 0 => "negative",
            _ if OBJECTS.contains(&&*entry.key) && amount.nano % 1_000_000_000 != 0 => "whole",
            _ => continue,
        };
        let finding = object.finding(&RULE, &entry.value, &path).saying(fault);
        let value = amount.canonical();
        findings.push(finding.advising("amount").with("value", value));
    }
}

/// What has a domain before it is not looked at.
fn is_known(name: &str) -> bool {
    let huge = name.strip_prefix("requests.").unwrap_or(name);
    AMOUNTS.contains(&name)
        || OBJECTS.contains(&name)
        || name.contains('/')
        || huge.starts_with("hugepages-")
}

fn meant(name: &str) -> Option<&'static str> {
    let small = name.to_lowercase();
    let known = MEANT.iter().find(|(written, _)| *written == small);
    let close = |known: &&&str| strsim::levenshtein(known, &small) <= 2;
    let similar = || AMOUNTS.iter().chain(OBJECTS).find(close).copied();
    known.map(|(_, name)| *name).or_else(similar)
}
