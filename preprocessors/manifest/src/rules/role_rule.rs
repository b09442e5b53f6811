//! `role-rule`: a rule of a role is about resources or about URLs, and URLs belong to no namespace.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/validation/validation.go>, `ValidatePolicyRule`.

use super::names::json;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("role-rule");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("rbac.authorization.k8s.io", &["Role", "ClusterRole"]) {
        return;
    }
    for rule in object.parts("PolicyRule") {
        let Some(urls) = rule
            .field("nonResourceURLs")
            .filter(|urls| !urls.node.items().is_empty())
        else {
            continue;
        };
        let resources = ["apiGroups", "resources", "resourceNames"].map(|field| rule.list(field));
        let mixed = resources.iter().any(|list| !list.is_empty());
        let fault = match object.kind.kind {
            "Role" => "namespaced",
            _ if mixed => "mixed",
            _ => continue,
        };
        let finding = object
            .finding(&RULE, urls.node, &urls.path)
            .saying(fault)
            .advising(fault);
        findings.push(finding.with("value", json(urls.node)));
    }
}
