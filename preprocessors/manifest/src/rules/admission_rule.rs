//! `missing-field` in the rules of webhooks and admission policies, none of whose lists may be empty.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/admissionregistration/validation/validation.go>,
//! `validateRuleWithOperations`.

use super::{MISSING_FIELD, Object, Part};
use crate::Finding;

const LISTS: [&str; 4] = ["operations", "apiGroups", "apiVersions", "resources"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if object.kind.group != "admissionregistration.k8s.io" {
        return;
    }
    let definitions = ["RuleWithOperations", "NamedRuleWithOperations"];
    for rule in definitions.iter().flat_map(|name| object.parts(name)) {
        findings.extend(LISTS.iter().filter_map(|name| missing(object, &rule, name)));
    }
}

fn missing(object: &Object<'_>, rule: &Part<'_>, name: &'static str) -> Option<Finding> {
    let list = rule.node.get(name).map_or(&[][..], |list| list.items());
    if !list.is_empty() {
        return None;
    }
    let path = format!("{}.{name}", rule.path);
    let span = match rule.node.entry(name) {
        Some(entry) => entry.key_span.clone(),
        None => object.lacking(rule),
    };
    let finding = object
        .finding_at(&MISSING_FIELD, span, &path)
        .saying("required");
    Some(
        finding
            .with("field", path)
            .with("name", name)
            .advising("add"),
    )
}
