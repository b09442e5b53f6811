//! `repeated-entry`: a port or a pull secret that stands twice in its list.

use super::{Object, Part, warning};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = warning("repeated-entry");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        for container in pod.containers() {
            ports(object, &container.part, findings);
        }
        let mut seen: Vec<Part<'_>> = Vec::new();
        let secrets = pod.spec.list("imagePullSecrets");
        for name in secrets.iter().filter_map(|secret| secret.field("name")) {
            let Some(text) = name.node.as_str().filter(|text| !text.is_empty()) else {
                continue;
            };
            match seen.iter().find(|other| other.node.as_str() == Some(text)) {
                Some(first) => findings.push(
                    object
                        .finding(&RULE, name.node, &name.path)
                        .saying("secret")
                        .with("value", text)
                        .also(first.node.span.clone(), "first"),
                ),
                None => seen.push(name),
            }
        }
    }
}

/// Two ports are the same if nothing but their names differs.
fn ports(object: &Object<'_>, container: &Part<'_>, findings: &mut Vec<Finding>) {
    let mut seen: Vec<(String, Part<'_>)> = Vec::new();
    for port in container.list("ports") {
        let Some(number) = port.integer("containerPort") else {
            continue;
        };
        let protocol = port.text("protocol").filter(|text| !text.is_empty());
        let host = port.integer("hostPort").unwrap_or_default();
        let address = port.text("hostIP").unwrap_or_default();
        let key = format!("{number}/{}/{host}/{address}", protocol.unwrap_or("TCP"));
        match seen.iter().find(|(other, _)| *other == key) {
            Some((_, first)) => findings.push(
                object
                    .finding_at(&RULE, port.key("containerPort"), &port.path)
                    .saying("port")
                    .with("first", &*first.path)
                    .also(first.key("containerPort"), "first"),
            ),
            None => seen.push((key, port)),
        }
    }
}
