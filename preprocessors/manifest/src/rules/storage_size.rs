//! `storage-size`: a volume and a claim for one are larger than nothing, and a volume has no other capacity.

use super::resources::quantity;
use super::{Object, error};
use crate::scalar::Amount;
use crate::yaml::Entry;
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
    if let Some(size) = holder.field("storage")
        && let Some(amount) = quantity(size.node)
        && amount.nano <= 0
    {
        let finding = object.finding(&RULE, size.node, path).saying("size");
        findings.push(finding.advising("size").with("value", amount.canonical()));
    }
    let entries = holder.node.entries();
    let other = entries.iter().find(|entry| entry.key != "storage");
    if let Some(other) = other.filter(|_| object.kind.kind == "PersistentVolume") {
        let pair = |entry: &Entry<'_>| {
            let amount = quantity(&entry.value).map_or_else(String::new, Amount::canonical);
            format!("{:?}:{amount:?}", entry.key)
        };
        let mut pairs: Vec<String> = entries.iter().map(pair).collect();
        pairs.sort();
        let finding = object.finding_at(&RULE, other.key_span.clone(), "spec.capacity");
        let finding = finding.saying("other").advising("other");
        findings.push(finding.with("value", format!("{{{}}}", pairs.join(","))));
    }
}
