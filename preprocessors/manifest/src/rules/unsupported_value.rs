//! `unsupported-value` where the schema lists no values, and the server does.

use super::{Object, Part, UNSUPPORTED_VALUE};
use crate::Finding;

const RESTART: &[&str] = &["Always", "Never", "OnFailure"];
const RESIZE: &[&str] = &["cpu", "memory"];
const OF_RESOURCES: &[&str] = &[
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        let part = container.part;
        one_of(object, part.field("restartPolicy"), RESTART, findings);
        for policy in part.list("resizePolicy") {
            // The server names the list as a whole.
            let path = format!("{}.resizePolicy", part.path);
            let name = policy.field("resourceName");
            one_of(
                object,
                name.map(|name| Part { path, ..name }),
                RESIZE,
                findings,
            );
        }
        for variable in part.list("env") {
            let source = variable.field("valueFrom");
            let reference = source.and_then(|source| source.field("resourceFieldRef"));
            let resource = reference.and_then(|reference| reference.field("resource"));
            let huge = |part: &Part<'_>| {
                part.node
                    .as_str()
                    .is_some_and(|text| text.contains("hugepages-"))
            };
            one_of(
                object,
                resource.filter(|part| !huge(part)),
                OF_RESOURCES,
                findings,
            );
        }
    }
}

fn one_of(
    object: &Object<'_>,
    part: Option<Part<'_>>,
    values: &[&str],
    findings: &mut Vec<Finding>,
) {
    let Some(part) = part else { return };
    let Some(text) = part.node.as_str() else {
        return;
    };
    if text.is_empty() || values.contains(&text) {
        return;
    }
    let quoted: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    let finding = object
        .finding(&UNSUPPORTED_VALUE, part.node, &part.path)
        .saying("value")
        .with("value", text)
        .with("values", quoted.join(", "));
    let meant = values.iter().find(|value| value.eq_ignore_ascii_case(text));
    findings.push(match meant {
        Some(meant) => finding.with("meant", *meant).advising("similar"),
        None => finding,
    });
}
