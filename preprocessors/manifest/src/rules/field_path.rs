//! `field-path`: which fields of its own pod a container can be told.
//!
//! A variable and a file can hold different ones:
//! <https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields>.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("field-path");

const OF_VARIABLES: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
    // What spec.nodeName was called once.
    "spec.host",
];
const OF_FILES: &[&str] = &[
    "metadata.annotations",
    "metadata.labels",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
];
/// What the server knows by name and gives to neither.
const KNOWN: &[&str] = &[
    "metadata.annotations",
    "metadata.labels",
    "spec.restartPolicy",
    "spec.schedulerName",
    "status.phase",
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        for variable in container.part.list("env") {
            let reference = variable
                .field("valueFrom")
                .and_then(|from| from.field("fieldRef"));
            supported(object, reference, None, OF_VARIABLES, findings);
        }
    }
    for pod in object.pods() {
        for volume in pod.spec.list("volumes") {
            let projected = volume.field("projected");
            let projected = projected.map_or(Vec::new(), |projected| projected.list("sources"));
            for downward in projected
                .iter()
                .chain([&volume])
                .filter_map(|source| source.field("downwardAPI"))
            {
                for item in downward.list("items") {
                    findings.extend(sources(object, &downward, &item));
                    let path = format!("{}.fieldRef.fieldPath", downward.path);
                    supported(
                        object,
                        item.field("fieldRef"),
                        Some(path),
                        OF_FILES,
                        findings,
                    );
                }
            }
        }
    }
}

fn supported(
    object: &Object<'_>,
    reference: Option<Part<'_>>,
    path: Option<String>,
    fields: &[&str],
    findings: &mut Vec<Finding>,
) {
    let Some(field) = reference.and_then(|reference| reference.field("fieldPath")) else {
        return;
    };
    let Some(text) = field.node.as_str().filter(|text| !text.is_empty()) else {
        return;
    };
    let of_map = ["metadata.labels['", "metadata.annotations['"];
    let subscript = of_map.iter().any(|start| text.starts_with(start)) && text.ends_with("']");
    if fields.contains(&text) || subscript {
        return;
    }
    let known = [OF_VARIABLES, KNOWN]
        .iter()
        .any(|known| known.contains(&text));
    let listed = fields.iter().filter(|field| **field != "spec.host");
    let quoted: Vec<String> = listed.map(|field| format!("{field:?}")).collect();
    let finding = object
        .finding(&RULE, field.node, path.as_ref().unwrap_or(&field.path))
        .saying(if known { "unsupported" } else { "unknown" })
        .with("value", text)
        .with("values", quoted.join(", "));
    let of_map =
        fields == OF_VARIABLES && ["metadata.labels", "metadata.annotations"].contains(&text);
    findings.push(finding.advising(if of_map { "key" } else { "fields" }));
}

/// A file holds one field of the pod, or one of its resources.
fn sources(object: &Object<'_>, downward: &Part<'_>, item: &Part<'_>) -> Option<Finding> {
    let (span, variant) = match (item.has("fieldRef"), item.has("resourceFieldRef")) {
        (true, true) => (item.key("resourceFieldRef"), "both"),
        (false, false) => (item.head(), "none"),
        _ => return None,
    };
    let finding = object.finding_at(&RULE, span, &downward.path);
    Some(finding.saying(variant).advising("one"))
}
