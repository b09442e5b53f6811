//! `fractional-bytes`: memory is counted in whole bytes, and `100m` is a tenth of one.

use super::resources::{Resources, quantity};
use super::{Object, warning};
use crate::scalar::Amount;
use crate::yaml::Node;
use crate::{Finding, Rule};

pub(super) static RULE: Rule = warning("fractional-bytes");

const BYTES: &[&str] = &["memory", "ephemeral-storage"];
const NANO: i128 = 1_000_000_000;

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for resources in Resources::of(object) {
        for share in resources.all() {
            if BYTES.contains(&share.name())
                && let Some(amount) = share.amount()
            {
                findings.extend(fault(object, &share.entry.value, &share.path, &amount));
            }
        }
    }
    claim(object, findings);
}

/// Of a claim the server looks at what is asked for, of a volume not at what it has.
fn claim(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("", &["PersistentVolumeClaim"]) {
        return;
    }
    for list in ["requests", "limits"] {
        if let Some(size) = object.part(&format!("spec.resources.{list}.storage"))
            && let Some(amount) = quantity(size.node)
        {
            let path = format!("spec.resources.{list}[storage]");
            findings.extend(fault(object, size.node, &path, &amount));
        }
    }
}

fn fault(object: &Object<'_>, node: &Node<'_>, path: &str, amount: &Amount) -> Option<Finding> {
    if amount.nano % NANO == 0 {
        return None;
    }
    let value = amount.canonical();
    let finding = object.finding(&RULE, node, path).with("value", &*value);
    Some(match value.strip_suffix('m') {
        Some(number) => finding
            .with("meant", format!("{number}Mi"))
            .advising("mebibytes"),
        None => finding.advising("whole"),
    })
}
