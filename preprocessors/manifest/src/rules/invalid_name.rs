//! `invalid-name`: an object's name must fit into the addresses that are made of it.
//!
//! <https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go>. Asked only of kinds whose
//! rule is known: an IPAddress is named by its address.

use super::names::{is_label, is_subdomain};
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("invalid-name");

/// Groups whose kinds have a subdomain (`a.b-c`) for a name, but for those below.
const GROUPS: &[&str] = &[
    "",
    "apps",
    "batch",
    "autoscaling",
    "policy",
    "storage.k8s.io",
    "scheduling.k8s.io",
    "coordination.k8s.io",
    "apiextensions.k8s.io",
    "admissionregistration.k8s.io",
    "node.k8s.io",
    "discovery.k8s.io",
];
const NETWORKING: &[&str] = &["Ingress", "IngressClass", "NetworkPolicy"];
/// Kinds whose name is one label of a domain: without dots, at most 63 characters.
const LABELS: &[&str] = &["Namespace", "Service"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for path in ["metadata.name", "metadata.generateName"] {
        if let Some(node) = object.at(path)
            && let Some(name) = node.as_str().filter(|name| !name.is_empty())
            && let Some(variant) = written_fault(object, name, path)
        {
            // A Job becomes a label of its pods, and there its name is found to be too long.
            let path = match variant {
                "job-long" => "spec.template.labels",
                _ => path,
            };
            let finding = object.finding(&RULE, node, path);
            let finding = finding.saying(variant).with("value", name);
            findings.push(match meant(name) {
                _ if ["job-long", "cron-long"].contains(&variant) => finding.advising("shorter"),
                _ if variant.starts_with("segment") => finding.advising("segment"),
                Some(meant) => finding.with("meant", meant).advising("meant"),
                None if name.contains(['$', '{', '<']) => finding.advising("template"),
                None => finding.advising("letters"),
            });
        }
    }
}

/// What a name is made from may end with hyphens, and be long: the server cuts it and puts letters behind.
fn written_fault(object: &Object<'_>, name: &str, path: &str) -> Option<&'static str> {
    let (group, kind) = (object.kind.group, object.kind.kind);
    if path == "metadata.name" {
        return fault(group, kind, name);
    }
    let mut stem = name.strip_suffix('-').unwrap_or(name).to_owned();
    if stem.len() < name.len() {
        stem.pop();
        stem.push('a');
    }
    fault(group, kind, &stem).filter(|variant| !variant.ends_with("long"))
}

/// Which words fit, if the name does not.
fn fault(group: &str, kind: &str, name: &str) -> Option<&'static str> {
    let subdomain = is_subdomain(name);
    match kind {
        _ if group == "rbac.authorization.k8s.io" => segment_fault(name),
        "CronJob" if subdomain && name.len() > 52 => Some("cron-long"),
        "Job" if subdomain && name.len() > 63 => Some("job-long"),
        _ if group == "networking.k8s.io" && !NETWORKING.contains(&kind) => None,
        _ if group != "networking.k8s.io" && !GROUPS.contains(&group) => None,
        _ if LABELS.contains(&kind) && name.len() > 63 => Some("label-long"),
        _ if LABELS.contains(&kind) && subdomain && name.contains('.') => Some("label-dots"),
        _ if LABELS.contains(&kind) && !is_label(name) => Some("label"),
        _ if name.len() > 253 => Some("long"),
        _ if !subdomain => Some("subdomain"),
        _ => None,
    }
}

/// Which words fit, if a name cannot be one step of a path.
pub(super) fn segment_fault(name: &str) -> Option<&'static str> {
    match name {
        "." | ".." => Some("segment-whole"),
        _ if name.contains('/') => Some("segment-slash"),
        _ if name.contains('%') => Some("segment-percent"),
        _ => None,
    }
}

/// The same name in small letters and with hyphens, if that is all it takes.
fn meant(name: &str) -> Option<String> {
    let meant = name.to_lowercase().replace(['_', ' '], "-");
    (meant != name && is_subdomain(&meant)).then_some(meant)
}
