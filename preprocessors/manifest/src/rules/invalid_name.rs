//! `invalid-name`: an object's name must fit into the addresses that are made of it.
//!
//! <https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go>. Asked only of kinds whose
//! rule is known: an IPAddress is named by its address.

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
];
const NETWORKING: &[&str] = &["Ingress", "IngressClass", "NetworkPolicy"];
/// Kinds whose name is one label of a domain: without dots, at most 63 characters.
const LABELS: &[&str] = &["Namespace", "Service"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(node) = object.at("metadata.name") else {
        return;
    };
    let Some(name) = node.as_str().filter(|name| !name.is_empty()) else {
        return;
    };
    let Some(variant) = fault(object.kind.group, object.kind.kind, name) else {
        return;
    };
    let finding = object
        .finding(&RULE, node, "metadata.name")
        .saying(variant)
        .with("value", name);
    findings.push(match meant(name) {
        Some(meant) => finding.with("meant", meant).advising("meant"),
        None if name.contains(['$', '{', '<']) => finding.advising("template"),
        None => finding.advising("letters"),
    });
}

/// Which words fit, if the name does not.
fn fault(group: &str, kind: &str, name: &str) -> Option<&'static str> {
    let subdomain = name.split('.').all(is_label);
    match kind {
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

fn is_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(inner) && !text.starts_with('-') && !text.ends_with('-')
}

/// The same name in small letters and with hyphens, if that is all it takes.
fn meant(name: &str) -> Option<String> {
    let meant = name.to_lowercase().replace(['_', ' '], "-");
    (meant != name && meant.split('.').all(is_label)).then_some(meant)
}
