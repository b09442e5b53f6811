//! `crd-name`: a CustomResourceDefinition is named after the resources that it defines.
//!
//! <https://github.com/kubernetes/apiextensions-apiserver/blob/master/pkg/apis/apiextensions/validation/validation.go>.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("crd-name");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !is_definition(object) {
        return;
    }
    if let Some(group) = object.at("spec.group")
        && let Some(text) = group.as_str()
        && !text.is_empty()
        && !text.contains('.')
    {
        let finding = object.finding(&RULE, group, "spec.group").saying("group");
        findings.push(finding.with("value", text).advising("group"));
    }
    let text = |path| {
        object
            .at(path)
            .and_then(|node| Some((node, node.as_str()?)))
    };
    let (Some((node, name)), Some((plural, names)), Some((group, of))) = (
        text("metadata.name"),
        text("spec.names.plural"),
        text("spec.group"),
    ) else {
        return;
    };
    let meant = format!("{names}.{of}");
    if name != meant {
        let finding = object.finding(&RULE, node, "metadata.name").saying("name");
        let finding = finding.with("value", name).with("meant", meant);
        let finding = finding.also(group.span.clone(), "group");
        findings.push(finding.also(plural.span.clone(), "plural").advising("name"));
    }
}

/// Whether an object defines a kind.
pub(super) fn is_definition(object: &Object<'_>) -> bool {
    object.is("apiextensions.k8s.io", &["CustomResourceDefinition"])
}
