//! `node-affinity`: which nodes a pod takes is said in terms, each with an operator and the values that it needs.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("node-affinity");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let affinity = pod.spec.field("affinity");
        let Some(affinity) = affinity.and_then(|affinity| affinity.field("nodeAffinity")) else {
            continue;
        };
        let mut terms = Vec::new();
        if let Some(required) = affinity.field("requiredDuringSchedulingIgnoredDuringExecution") {
            terms = required.list("nodeSelectorTerms");
            if terms.is_empty() && required.has("nodeSelectorTerms") {
                let path = format!("{}.nodeSelectorTerms", required.path);
                let finding = object.finding_at(&RULE, required.key("nodeSelectorTerms"), &path);
                findings.push(finding.saying("terms").advising("terms"));
            }
        }
        let preferred = affinity.list("preferredDuringSchedulingIgnoredDuringExecution");
        terms.extend(preferred.iter().filter_map(|item| item.field("preference")));
        for expression in terms.iter().flat_map(|term| term.list("matchExpressions")) {
            findings.extend(fault(object, &expression));
        }
        for expression in terms.iter().flat_map(|term| term.list("matchFields")) {
            if expression.list("values").len() != 1
                && let Some("In" | "NotIn") = expression.text("operator")
            {
                let path = format!("{}.values", expression.path);
                let finding = object.finding_at(&RULE, expression.key("values"), &path);
                findings.push(finding.saying("one-field").advising("one-field"));
            }
        }
    }
}

fn fault(object: &Object<'_>, expression: &Part<'_>) -> Option<Finding> {
    let count = expression.list("values").len();
    let variant = match (expression.text("operator")?, count) {
        ("In" | "NotIn", 0) => "values",
        ("Exists" | "DoesNotExist", 1..) => "no-values",
        ("Gt" | "Lt", count) if count != 1 => "one-value",
        _ => return None,
    };
    let operator = expression.node.get("operator")?;
    let path = format!("{}.values", expression.path);
    let span = match expression.has("values") {
        true => expression.key("values"),
        false => operator.span.clone(),
    };
    let finding = object.finding_at(&RULE, span, &path);
    Some(finding.saying(variant).advising(variant))
}
