//! `limit-range`: the bounds of a LimitRange and its defaults stand in order: min, defaultRequest, default, max.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>, `ValidateLimitRange`.

use super::resources::quantity;
use super::{Object, Part, error};
use crate::yaml::Entry;
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("limit-range");

/// The field that is less, its words in the message, the field that is more, its words.
const ORDER: &[(&str, &str, &str)] = &[
    ("min", "max", "min-max"),
    ("defaultRequest", "max", "request-max"),
    ("defaultRequest", "default", "request-default"),
    ("default", "max", "default-max"),
    ("min", "defaultRequest", "min-request"),
    ("min", "default", "min-default"),
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let items = object.parts("LimitRangeItem");
    for (index, item) in items.iter().enumerate() {
        kind(object, &items[..index], item, findings);
        for (less, more, variant) in ORDER {
            let small = item.field(less);
            for entry in small.iter().flat_map(|part| part.node.entries()) {
                let other = item
                    .field(more)
                    .and_then(|part| part.node.entry(&entry.key));
                if let Some(other) = other {
                    in_order(
                        object,
                        item,
                        (less, entry),
                        (more, other),
                        variant,
                        findings,
                    );
                }
            }
        }
        for entry in item
            .field("maxLimitRequestRatio")
            .iter()
            .flat_map(|part| part.node.entries())
        {
            if let (Some(ratio), Some(one)) = (quantity(&entry.value), crate::scalar::amount("1"))
                && ratio.nano < one.nano
            {
                let path = format!("{}.maxLimitRequestRatio[{}]", item.path, entry.key);
                let finding = object.finding(&RULE, &entry.value, &path);
                findings.push(
                    finding
                        .saying("ratio")
                        .advising("ratio")
                        .with("value", ratio.canonical()),
                );
            }
        }
    }
}

fn kind(object: &Object<'_>, before: &[Part<'_>], item: &Part<'_>, findings: &mut Vec<Finding>) {
    let Some(kind) = item.field("type") else {
        return;
    };
    let Some(name) = kind.node.as_str().filter(|name| !name.is_empty()) else {
        return;
    };
    let finding = object
        .finding(&RULE, kind.node, &kind.path)
        .with("value", name);
    if !["Container", "Pod", "PersistentVolumeClaim"].contains(&name) && !name.contains('/') {
        findings.push(finding.saying("type").advising("type"));
    } else if let Some(twin) = before.iter().find(|other| other.text("type") == Some(name)) {
        let first = twin
            .field("type")
            .map_or(twin.node.span.clone(), |first| first.node.span.clone());
        findings.push(
            finding
                .saying("twice")
                .advising("twice")
                .also(first, "first"),
        );
    }
    if name == "Pod" {
        for field in ["default", "defaultRequest"] {
            if let Some(part) = item
                .field(field)
                .filter(|part| !part.node.entries().is_empty())
            {
                let finding = object.finding_at(&RULE, object.lacking(&part), &part.path);
                findings.push(finding.saying("pod").advising("pod"));
            }
        }
    }
}

fn in_order(
    object: &Object<'_>,
    item: &Part<'_>,
    (less, small): (&str, &Entry<'_>),
    (more, large): (&str, &Entry<'_>),
    variant: &'static str,
    findings: &mut Vec<Finding>,
) {
    let (Some(low), Some(high)) = (quantity(&small.value), quantity(&large.value)) else {
        return;
    };
    if low.nano <= high.nano {
        return;
    }
    // Of two bounds the server blames the default, whichever is wrong.
    let (field, blamed, other) = match less {
        "min" if more != "max" => (more, large, small),
        _ => (less, small, large),
    };
    let path = format!("{}.{field}[{}]", item.path, blamed.key);
    let finding = object
        .finding(&RULE, &blamed.value, &path)
        .saying(variant)
        .advising("order");
    let finding = finding
        .with("low", low.canonical())
        .with("high", high.canonical());
    findings.push(finding.also(other.value.span.clone(), "other"));
}
