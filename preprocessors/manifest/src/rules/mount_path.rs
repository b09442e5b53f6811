//! `mount-path`: two volumes cannot be mounted at one place.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("mount-path");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        let mut seen: Vec<Part<'_>> = Vec::new();
        for mount in container.part.list("volumeMounts") {
            let Some(place) = mount.field("mountPath") else {
                continue;
            };
            let Some(text) = place.node.as_str().filter(|text| !text.is_empty()) else {
                continue;
            };
            match seen.iter().find(|other| other.node.as_str() == Some(text)) {
                Some(first) => findings.push(
                    object
                        .finding(&RULE, place.node, &place.path)
                        .with("value", text)
                        .also(first.node.span.clone(), "first"),
                ),
                None => seen.push(place),
            }
        }
    }
}
