//! `shared-processes`: containers see each other's processes, or those of the whole node, not both.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("shared-processes");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        if pod.spec.is_true("shareProcessNamespace") && pod.spec.is_true("hostPID") {
            let path = format!("{}.shareProcessNamespace", pod.spec.path);
            let finding = object.finding_at(&RULE, pod.spec.key("shareProcessNamespace"), &path);
            findings.push(finding.also(pod.spec.key("hostPID"), "other"));
        }
    }
}
