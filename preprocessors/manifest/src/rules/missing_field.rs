//! `missing-field` where the schema asks for nothing: the server wants the field, and wants it not to be empty.

use super::{MISSING_FIELD, Object, Part, probe_handler};
use crate::{Finding, yaml::Value};

/// The type of a volume, and the field without which it is none. What the schema asks for is not said again.
const SOURCES: &[(&str, &str)] = &[
    ("persistentVolumeClaim", "claimName"),
    ("hostPath", "path"),
    ("csi", "driver"),
    ("ephemeral", "volumeClaimTemplate"),
    ("image", "reference"),
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        for container in pod.containers() {
            text(object, &container.part, "image", findings);
            for variable in container.part.list("env") {
                if variable.text("name") == Some("") {
                    missing(object, &variable, None, "name", findings);
                }
            }
            for (_, handler) in probe_handler::handlers(&container) {
                if let Some(command) = handler.field("exec")
                    && command.list("command").is_empty()
                {
                    missing(
                        object,
                        &command,
                        Some((&handler, "exec")),
                        "command",
                        findings,
                    );
                }
            }
            for port in container.part.list("ports") {
                if port.integer("containerPort") == Some(0) {
                    missing(object, &port, None, "containerPort", findings);
                }
            }
        }
        for constraint in pod.spec.list("topologySpreadConstraints") {
            if constraint.text("topologyKey") == Some("") {
                missing(object, &constraint, None, "topologyKey", findings);
            }
        }
        for volume in pod.spec.list("volumes") {
            for (kind, field) in SOURCES {
                if let Some(source) = volume.field(kind)
                    && (source.text(field) == Some("") || !source.has(field))
                {
                    missing(object, &source, Some((&volume, kind)), field, findings);
                }
            }
        }
    }
}

/// A text that must be there.
fn text(object: &Object<'_>, part: &Part<'_>, field: &str, findings: &mut Vec<Finding>) {
    let map = matches!(part.node.value, Value::Map(_));
    if map && (!part.has(field) || part.text(field) == Some("")) {
        missing(object, part, None, field, findings);
    }
}

fn missing(
    object: &Object<'_>,
    part: &Part<'_>,
    key: Option<(&Part<'_>, &str)>,
    field: &str,
    findings: &mut Vec<Finding>,
) {
    let path = format!("{}.{field}", part.path);
    let (span, advice) = match (part.node.entry(field), key) {
        (Some(entry), _) => (entry.key_span.clone(), "null"),
        (None, Some((above, name))) => (above.key(name), "add"),
        (None, None) => (part.head(), "add"),
    };
    findings.push(
        object
            .finding_at(&MISSING_FIELD, span, &path)
            .saying(if field == "topologyKey" {
                "detail"
            } else {
                "required"
            })
            .with("detail", "can not be empty")
            .with("field", &*path)
            .with("name", field)
            .advising(advice),
    );
}
