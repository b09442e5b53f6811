//! `storage-size`: a volume and a claim for one are larger than nothing, and a volume has no other capacity.

use super::names::json;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("storage-size");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let (holder, path) = match object.kind.kind {
        "PersistentVolumeClaim" => ("spec.resources.requests", "spec.resources[storage]"),
        "PersistentVolume" => ("spec.capacity", "spec.capacity[storage]"),
        _ => return,
    };
    let Some(holder) = object.part(holder).filter(|_| object.kind.group.is_empty()) else {
        return;
    };
    if let Some(size) = holder.field("storage") {
        let written = size.node.written(object.source).trim_matches(['"', '\'']);
        let nothing = written.starts_with('-')
            || !written.contains(|digit: char| ('1'..='9').contains(&digit));
        if nothing && written.contains(|character: char| character.is_ascii_digit()) {
            let finding = object
                .finding(&RULE, size.node, path)
                .saying("size")
                .advising("size");
            findings.push(finding.with("value", written));
        }
    }
    let other = holder
        .node
        .entries()
        .iter()
        .find(|entry| entry.key != "storage");
    if let Some(other) = other.filter(|_| object.kind.kind == "PersistentVolume") {
        let finding = object.finding_at(&RULE, other.key_span.clone(), "spec.capacity");
        findings.push(
            finding
                .saying("other")
                .advising("other")
                .with("value", json(holder.node)),
        );
    }
}
