//! `toleration`: operator, key, value and effect of a toleration fit together.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>, `ValidateTolerations`.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("toleration");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        for toleration in pod.spec.list("tolerations") {
            let text = |field| toleration.text(field).unwrap_or_default();
            let (operator, value) = (text("operator"), text("value"));
            if text("key").is_empty() && operator != "Exists" {
                blame(object, &toleration, "operator", "key", operator, findings);
            }
            if operator == "Exists" && !value.is_empty() {
                blame(object, &toleration, "operator", "value", value, findings);
            }
            if toleration.has("tolerationSeconds") && text("effect") != "NoExecute" {
                blame(
                    object,
                    &toleration,
                    "effect",
                    "seconds",
                    text("effect"),
                    findings,
                );
            }
        }
    }
}

fn blame(
    object: &Object<'_>,
    toleration: &Part<'_>,
    field: &str,
    variant: &'static str,
    value: &str,
    findings: &mut Vec<Finding>,
) {
    let path = format!("{}.{field}", toleration.path);
    let span = match toleration.node.get(field) {
        Some(node) if !node.is_null() => node.span.clone(),
        _ => toleration.head(),
    };
    let finding = object
        .finding_at(&RULE, span, &path)
        .saying(variant)
        .advising(variant)
        .with("value", value);
    findings.push(match variant {
        "value" => finding.also(toleration.key("value"), "value"),
        "seconds" => finding.also(toleration.key("tolerationSeconds"), "seconds"),
        _ => finding,
    });
}
