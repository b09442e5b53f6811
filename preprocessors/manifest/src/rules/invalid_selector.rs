//! `invalid-selector`: a requirement of a selector has an operator that is known, and the values that it takes.
//!
//! <https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/validation/validation.go>,
//! `ValidateLabelSelectorRequirement`.

use super::names::json;
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("invalid-selector");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    // The metrics of an autoscaler are not looked at.
    if !object.kind.named || object.is("autoscaling", &["HorizontalPodAutoscaler"]) {
        return;
    }
    for part in object.selectors() {
        requirements(object, &part, findings);
    }
}

fn requirements(object: &Object<'_>, selector: &Part<'_>, findings: &mut Vec<Finding>) {
    for requirement in selector.list("matchExpressions") {
        findings.extend(fault(object, &requirement));
    }
}

fn fault(object: &Object<'_>, requirement: &Part<'_>) -> Option<Finding> {
    let operator = requirement.field("operator")?;
    let values = requirement.field("values");
    let some = values
        .as_ref()
        .is_some_and(|values| !values.node.items().is_empty());
    let path = format!("{}.values", requirement.path);
    match operator.node.as_str()? {
        "In" | "NotIn" if !some => {
            let span = values
                .and_then(|values| values.key.cloned())
                .unwrap_or_else(|| object.lacking(requirement));
            let finding = object
                .finding_at(&RULE, span, &path)
                .saying("values-missing");
            Some(
                finding
                    .also(operator.node.span.clone(), "operator")
                    .advising("values-missing"),
            )
        }
        name @ ("Exists" | "DoesNotExist") if some => {
            let finding = object.finding(&RULE, values?.node, &path).saying("values");
            let finding = finding.with("operator", name).advising("values");
            Some(finding.also(operator.node.span.clone(), "operator"))
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => None,
        _ => {
            let finding = object.finding(&RULE, operator.node, &operator.path);
            let finding = finding
                .saying("operator")
                .with("value", json(operator.node));
            Some(finding.advising("operator"))
        }
    }
}

/// Whether all requirements of a selector are right.
pub(super) fn is_sound(object: &Object<'_>, selector: &Part<'_>) -> bool {
    let mut findings = Vec::new();
    requirements(object, selector, &mut findings);
    findings.is_empty()
}
