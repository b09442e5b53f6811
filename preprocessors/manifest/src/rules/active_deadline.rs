//! `active-deadline`: how many seconds a pod may run is a number from 1.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("active-deadline");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        // What runs for ever has no deadline at all, whatever the number.
        if object.kind.group == "apps" {
            continue;
        }
        let Some(deadline) = pod.spec.field("activeDeadlineSeconds") else {
            continue;
        };
        if let Some(number) = pod.spec.integer("activeDeadlineSeconds")
            && !(1..=i64::from(i32::MAX)).contains(&number)
        {
            let finding = object.finding(&RULE, deadline.node, &deadline.path);
            findings.push(finding.with("value", number.to_string()));
        }
    }
}
