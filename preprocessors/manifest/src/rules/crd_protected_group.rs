//! `crd-protected-group`: groups under `k8s.io` and `kubernetes.io` are Kubernetes' own.
//!
//! <https://github.com/kubernetes/enhancements/pull/1111>.

use super::crd_name::is_definition;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("crd-protected-group");

const ANNOTATION: &str = "api-approved.kubernetes.io";

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(group) = object.at("spec.group").filter(|_| is_definition(object)) else {
        return;
    };
    let own = |domain: &str| {
        let before = group.as_str().and_then(|name| name.strip_suffix(domain));
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    let annotation = object
        .at("metadata.annotations")
        .and_then(|annotations| annotations.get(ANNOTATION));
    let approved = annotation.is_some_and(|node| !node.is_null() && node.as_str() != Some(""));
    if (own("k8s.io") || own("kubernetes.io")) && !approved {
        let path = format!("metadata.annotations[{ANNOTATION}]");
        findings.push(object.finding(&RULE, group, &path));
    }
}
