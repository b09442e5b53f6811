//! `user-range`: users and groups of Linux have numbers from 0 to 2147483647.

use super::object::integer;
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("user-range");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let containers = pod.containers().into_iter().map(|container| container.part);
        for context in containers
            .chain([pod.spec.clone()])
            .filter_map(|part| part.field("securityContext"))
        {
            let fields = ["runAsUser", "runAsGroup", "fsGroup"];
            let single = fields.iter().filter_map(|field| context.field(field));
            for part in single.chain(context.list("supplementalGroups")) {
                within(object, &part, findings);
            }
        }
    }
}

fn within(object: &Object<'_>, part: &Part<'_>, findings: &mut Vec<Finding>) {
    if let Some(number) = integer(part.node)
        && !(0..=i64::from(i32::MAX)).contains(&number)
    {
        let finding = object.finding(&RULE, part.node, &part.path);
        findings.push(finding.with("value", number.to_string()));
    }
}
