//! `webhook-name`: a webhook has a full domain for a name.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/admissionregistration/validation/validation.go>.

use super::names::is_subdomain;
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("webhook-name");

const KINDS: &[&str] = &[
    "ValidatingWebhookConfiguration",
    "MutatingWebhookConfiguration",
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for webhook in webhooks(object) {
        let Some(name) = webhook.field("name") else {
            continue;
        };
        let Some(text) = name.node.as_str().filter(|text| !text.is_empty()) else {
            continue;
        };
        let variant = match text {
            text if !is_subdomain(text) => "subdomain",
            text if text.split('.').count() < 3 => "short",
            _ => continue,
        };
        let finding = object.finding(&RULE, name.node, &name.path).saying(variant);
        findings.push(finding.with("value", text));
    }
}

/// The webhooks of a configuration.
pub(super) fn webhooks<'o>(object: &Object<'o>) -> Vec<Part<'o>> {
    if !object.is("admissionregistration.k8s.io", KINDS) {
        return Vec::new();
    }
    let items = object.at("webhooks").map_or(&[][..], |list| list.items());
    let item = |(index, node)| Part {
        node,
        path: format!("webhooks[{index}]"),
        key: None,
    };
    items.iter().enumerate().map(item).collect()
}
