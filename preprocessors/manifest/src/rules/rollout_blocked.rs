//! `rollout-blocked`: a rolling update must be allowed to take a pod away first or to add one first.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go>,
//! `ValidateRollingUpdateDeployment` and `ValidateRollingUpdateDaemonSet`.

use super::names::json;
use super::object::integer;
use super::{Object, Part, error};
use crate::yaml::Node;
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("rollout-blocked");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    match (object.kind.group, object.kind.kind) {
        ("apps", "Deployment") => findings.extend(deployment(object)),
        ("apps", "DaemonSet") => findings.extend(daemon_set(object)),
        _ => {}
    }
}

fn deployment(object: &Object<'_>) -> Option<Finding> {
    let rolling = rolling(object, "spec.strategy")?;
    let (surge, unavailable) = (rolling.field("maxSurge")?, rolling.field("maxUnavailable")?);
    if number(surge.node)? != 0 || number(unavailable.node)? != 0 {
        return None;
    }
    let finding = object.finding(&RULE, unavailable.node, &unavailable.path);
    let finding = finding
        .saying("both-zero")
        .with("value", json(unavailable.node));
    Some(
        finding
            .also(surge.node.span.clone(), "surge")
            .advising("one"),
    )
}

/// Its defaults are one pod away and none added.
fn daemon_set(object: &Object<'_>) -> Option<Finding> {
    let rolling = rolling(object, "spec.updateStrategy")?;
    let (surge, unavailable) = (rolling.field("maxSurge"), rolling.field("maxUnavailable"));
    let value = |part: &Option<Part<'_>>, default| {
        part.as_ref()
            .map_or(Some(default), |part| number(part.node))
    };
    match (value(&surge, 0)?, value(&unavailable, 1)?) {
        (0, 0) => {
            let unavailable = unavailable?;
            let finding = object.finding(&RULE, unavailable.node, &unavailable.path);
            Some(finding.saying("daemon-zero").advising("one"))
        }
        (1.., 1..) => {
            let surge = surge?;
            let finding = object.finding(&RULE, surge.node, &surge.path);
            let finding = finding
                .saying("daemon-both")
                .with("value", json(surge.node));
            Some(finding.advising("not-both"))
        }
        _ => None,
    }
}

fn rolling<'o>(object: &Object<'o>, field: &str) -> Option<Part<'o>> {
    let strategy = object.part(field)?;
    let type_ = strategy.text("type");
    let rolls = type_.is_none_or(|type_| type_.is_empty() || type_ == "RollingUpdate");
    strategy.field("rollingUpdate").filter(|_| rolls)
}

/// A number, or that of a percentage; nothing where it is neither.
fn number(node: &Node<'_>) -> Option<i64> {
    match node.as_str() {
        Some(text) => text.strip_suffix('%')?.parse().ok(),
        None => integer(node),
    }
}
