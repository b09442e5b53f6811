//! `invalid-percent`: a text where pods are counted is a percentage, and often no more than all of them.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go>,
//! `ValidatePositiveIntOrPercent` and `IsNotMoreThan100Percent`.

use super::{Object, error};
use crate::yaml::Node;
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("invalid-percent");

/// Group, kind, field, whether more than all is too much.
const FIELDS: &[(&str, &str, &str, bool)] = &[
    (
        "apps",
        "Deployment",
        "spec.strategy.rollingUpdate.maxUnavailable",
        true,
    ),
    (
        "apps",
        "Deployment",
        "spec.strategy.rollingUpdate.maxSurge",
        false,
    ),
    (
        "apps",
        "DaemonSet",
        "spec.updateStrategy.rollingUpdate.maxUnavailable",
        true,
    ),
    (
        "apps",
        "DaemonSet",
        "spec.updateStrategy.rollingUpdate.maxSurge",
        true,
    ),
    ("policy", "PodDisruptionBudget", "spec.minAvailable", true),
    ("policy", "PodDisruptionBudget", "spec.maxUnavailable", true),
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for (group, kind, path, bounded) in FIELDS {
        if object.is(group, &[kind])
            && let Some(node) = object.at(path)
        {
            findings.extend(fault(object, node, path, *bounded));
        }
    }
}

fn fault(object: &Object<'_>, node: &Node<'_>, path: &str, bounded: bool) -> Option<Finding> {
    let text = node.as_str()?;
    let finding = object.finding(&RULE, node, path).with("value", text);
    let digits = text
        .strip_suffix('%')
        .filter(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    match digits {
        Some(digits) if bounded && digits.parse().is_ok_and(|percent: i64| percent > 100) => {
            Some(finding.saying("over").advising("over"))
        }
        Some(_) => None,
        None if text.parse::<i64>().is_ok() => Some(
            finding
                .saying("syntax")
                .with("number", text)
                .advising("number"),
        ),
        None => Some(finding.saying("syntax").advising("syntax")),
    }
}
