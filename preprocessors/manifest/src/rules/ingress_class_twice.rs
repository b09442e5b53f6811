//! `ingress-class-twice`: the class of an Ingress stands in a field and, otherwise, in the annotation that was before it.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("ingress-class-twice");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("networking.k8s.io", &["Ingress"]) {
        return;
    }
    let annotation = object
        .at("metadata.annotations")
        .and_then(|all| all.entry("kubernetes.io/ingress.class"));
    let field = object.at("spec.ingressClassName");
    if let (Some(annotation), Some(field)) = (annotation, field)
        && let (Some(old), Some(new)) = (annotation.value.as_str(), field.as_str())
        && !old.is_empty()
        && old != new
    {
        let finding = object.finding(
            &RULE,
            &annotation.value,
            "annotations.kubernetes.io/ingress.class",
        );
        findings.push(finding.with("value", old).also(field.span.clone(), "field"));
    }
}
