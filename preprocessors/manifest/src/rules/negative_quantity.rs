//! `negative-quantity`: nobody can ask for less than nothing.

use super::resources::{Resources, quantity};
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("negative-quantity");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for resources in Resources::of(object) {
        for share in resources.all() {
            if let Some(amount) = share.amount().filter(|amount| amount.nano < 0) {
                let finding = object.finding(&RULE, &share.entry.value, &share.path);
                findings.push(finding.saying("resource").with("value", amount.canonical()));
            }
        }
    }
    for pod in object.pods() {
        for volume in pod.spec.list("volumes") {
            let limit = volume
                .field("emptyDir")
                .and_then(|volume| volume.field("sizeLimit"));
            if let Some(limit) = limit
                && quantity(limit.node).is_some_and(|amount| amount.nano < 0)
            {
                findings.push(
                    object
                        .finding(&RULE, limit.node, &limit.path)
                        .saying("volume"),
                );
            }
        }
    }
}
