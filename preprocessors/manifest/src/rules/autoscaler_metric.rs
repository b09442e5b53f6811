//! `autoscaler-metric`: a metric of an autoscaler has the source that its type names, and a target that it can be held to.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go>.

use super::object::integer;
use super::resources::quantity;
use super::{Object, Part, error};
use crate::scalar::Amount;
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("autoscaler-metric");

/// The type of a metric, the field with its source, and the detail where no target is set.
const SOURCES: &[(&str, &str, &str)] = &[
    ("Resource", "resource", "resource-target"),
    ("ContainerResource", "containerResource", "resource-target"),
    ("Pods", "pods", "pods-target"),
    ("Object", "object", "object-target"),
    ("External", "external", "external-target"),
];

const METRIC: &str = "spec.metrics[0].resource.target.averageUtilization";

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("autoscaling", &["HorizontalPodAutoscaler"]) {
        return;
    }
    let Some(spec) = object.part("spec") else {
        return;
    };
    let metrics = spec.list("metrics");
    let outside = |metric: &Part<'_>| {
        ["Object", "External"].contains(&metric.text("type").unwrap_or_default())
    };
    if spec.integer("minReplicas") == Some(0) && !metrics.iter().any(outside) {
        let span = spec
            .node
            .entry("metrics")
            .map(|entry| entry.key_span.clone());
        let zero = spec
            .field("minReplicas")
            .map(|least| least.node.span.clone());
        let span = span.or(zero).unwrap_or_else(|| object.lacking(&spec));
        findings.push(
            object
                .finding_at(&RULE, span, "spec.metrics")
                .saying("zero")
                .advising("zero"),
        );
    }
    // The older version has one metric only, which the server writes as one of the newer.
    if let Some(part) = spec.field("targetCPUUtilizationPercentage") {
        positive(object, &part, METRIC, findings);
    }
    for metric in metrics {
        source(object, &metric, findings);
    }
}

fn source(object: &Object<'_>, metric: &Part<'_>, findings: &mut Vec<Finding>) {
    let named = metric.text("type");
    let Some((_, field, lacking)) = SOURCES.iter().find(|(of, ..)| Some(*of) == named) else {
        return;
    };
    let mut say = |span, path: &str, variant| {
        findings.push(
            object
                .finding_at(&RULE, span, path)
                .saying(variant)
                .advising(variant),
        );
    };
    for (_, other, _) in SOURCES.iter().filter(|(_, other, _)| other != field) {
        if let Some(other) = metric.field(other).filter(|_| metric.has(field)) {
            say(object.lacking(&other), &other.path, "two-sources");
        }
    }
    let Some(source) = metric.field(field) else {
        return say(
            object.lacking(metric),
            &format!("{}.{field}", metric.path),
            "no-source",
        );
    };
    if let Some(target) = source.field("target") {
        check_target(object, &target, lacking, findings);
    }
}

fn check_target(
    object: &Object<'_>,
    target: &Part<'_>,
    lacking: &'static str,
    findings: &mut Vec<Finding>,
) {
    let written = target.field("type");
    let kind = written
        .as_ref()
        .and_then(|kind| kind.node.as_str())
        .unwrap_or_default();
    if let Some(written) =
        written.filter(|_| !["", "Utilization", "Value", "AverageValue"].contains(&kind))
    {
        let finding = object.finding(&RULE, written.node, &written.path);
        return findings.push(finding.saying("type").advising("type").with("value", kind));
    }
    let wanted: &[&str] = match lacking {
        "resource-target" => &["averageUtilization", "averageValue"],
        "pods-target" => &["averageValue"],
        _ => &["value", "averageValue"],
    };
    let found: Vec<Part<'_>> = wanted
        .iter()
        .filter_map(|field| target.field(field))
        .collect();
    match found.as_slice() {
        [] => {
            let field = match lacking {
                "resource-target" => "averageUtilization",
                _ => "averageValue",
            };
            let path = format!("{}.{field}", target.path);
            let finding = object.finding_at(&RULE, object.lacking(target), &path);
            findings.push(finding.saying(lacking).advising("target"));
        }
        [_, second] if lacking == "resource-target" => {
            let finding = object.finding(&RULE, second.node, &second.path);
            findings.push(finding.saying("two-targets").advising("two-targets"));
        }
        [first, _] if lacking == "external-target" => {
            let finding = object.finding(&RULE, first.node, &first.path);
            findings.push(finding.saying("two-values").advising("two-targets"));
        }
        _ => {}
    }
    for amount in ["value", "averageValue"] {
        let amount = target.field(amount);
        let nothing = |part: &Part<'_>| quantity(part.node).is_some_and(|amount| amount.nano <= 0);
        if let Some(part) = amount.filter(nothing) {
            let finding = object.finding(&RULE, part.node, &part.path);
            let value = quantity(part.node).map_or_else(String::new, Amount::canonical);
            findings.push(
                finding
                    .saying("amount")
                    .advising("amount")
                    .with("value", value),
            );
        }
    }
    if let Some(part) = target.field("averageUtilization") {
        let path = part.path.clone();
        positive(object, &part, &path, findings);
    }
}

/// How many percent of the request are to be used.
fn positive(object: &Object<'_>, part: &Part<'_>, path: &str, findings: &mut Vec<Finding>) {
    if integer(part.node).is_some_and(|number| number < 1) {
        let finding = object.finding(&RULE, part.node, path);
        let value = part.node.written(object.source);
        findings.push(
            finding
                .saying("positive")
                .advising("positive")
                .with("value", value),
        );
    }
}
