//! Taints of a Node: words as labels are, at a place that the server calls by another name.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>, `validateNodeTaints`.

use super::names::{key_fault, value_fault};
use super::{Object, UNSUPPORTED_VALUE, invalid_label};
use crate::Finding;

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object.part("spec").filter(|_| object.is("", &["Node"])) else {
        return;
    };
    for taint in spec.list("taints") {
        for name in ["key", "value"] {
            let fault = if name == "key" {
                key_fault
            } else {
                value_fault
            };
            if let Some(part) = taint.field(name)
                && let Some(text) = part.node.as_str().filter(|text| !text.is_empty())
                && let Some(variant) = fault(text)
            {
                let path = part.path.replace("spec.", "metadata.");
                let finding = object.finding(&invalid_label::RULE, part.node, &path);
                findings.push(invalid_label::advised(finding.saying(variant), text));
            }
        }
    }
}

/// Calls the place of what the walk found as the server does.
pub(super) fn amend(object: &Object<'_>, walk: &mut [Finding]) {
    for finding in walk.iter_mut().filter(|_| object.is("", &["Node"])) {
        if std::ptr::eq(finding.rule, &UNSUPPORTED_VALUE)
            && let Some(rest) = finding.path.strip_prefix("spec.taints")
        {
            finding.path = format!("metadata.taints{rest}");
        }
    }
}
