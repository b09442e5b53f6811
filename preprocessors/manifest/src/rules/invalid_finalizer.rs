//! `invalid-finalizer`: a finalizer names who must clean up before an object may go.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>,
//! `validateKubeFinalizerName`; <https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validation/objectmeta.go>.

use super::names::{json, key_fault};
use super::{Object, error};
use crate::yaml::Node;
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("invalid-finalizer");

/// Names without a domain that Kubernetes knows.
const STANDARD: [&str; 3] = ["kubernetes", "orphan", "foregroundDeletion"];

/// Groups whose kinds were seen to ask for a domain.
const GROUPS: &[&str] = &[
    "",
    "apps",
    "batch",
    "rbac.authorization.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !GROUPS.contains(&object.kind.group) {
        return;
    }
    if let Some(list) = object.at("metadata.finalizers") {
        for (index, item) in list.items().iter().enumerate() {
            findings.extend(fault(
                object,
                item,
                &format!("metadata.finalizers[{index}]"),
            ));
        }
        findings.extend(both(object, list));
    }
    if object.is("", &["Namespace"])
        && let Some(list) = object.at("spec.finalizers")
    {
        let found = |item| fault(object, item, "spec.finalizers");
        findings.extend(list.items().iter().filter_map(found));
    }
}

fn fault(object: &Object<'_>, node: &Node<'_>, path: &str) -> Option<Finding> {
    let text = node.as_str().filter(|text| !text.is_empty())?;
    let variant = match key_fault(text) {
        Some("prefix" | "prefix-empty" | "prefix-long") => "prefix",
        Some(_) => "name",
        None if text.contains('/') || STANDARD.contains(&text) => return None,
        None => "unqualified",
    };
    // Of a name that is no word the server gives no index.
    let path = match variant {
        "unqualified" => path,
        _ => path.split('[').next().unwrap_or(path),
    };
    let finding = object.finding(&RULE, node, path).saying(variant);
    Some(finding.with("value", text).advising("domain"))
}

fn both(object: &Object<'_>, list: &Node<'_>) -> Option<Finding> {
    let has = |name: &str| list.items().iter().any(|item| item.as_str() == Some(name));
    (has("orphan") && has("foregroundDeletion")).then(|| {
        let finding = object.finding(&RULE, list, "metadata.finalizers");
        finding
            .saying("both")
            .with("value", json(list))
            .advising("both")
    })
}
