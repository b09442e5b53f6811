//! `priority-by-hand`: the number of a Pod's priority comes from its class.
//!
//! Asked where no class is named: 0 then, unless the cluster has a default class, which nothing here can know of.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("priority-by-hand");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods().iter().filter(|pod| pod.bare) {
        let class = pod.spec.text("priorityClassName").unwrap_or_default();
        let Some(priority) = pod.spec.field("priority") else {
            continue;
        };
        if let Some(number) = pod.spec.integer("priority").filter(|number| *number != 0)
            && class.is_empty()
        {
            let finding = object.finding(&RULE, priority.node, &priority.path);
            findings.push(finding.with("value", number.to_string()));
        }
    }
}
