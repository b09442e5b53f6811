//! `ephemeral-container`: a container for looking into a pod is added to one that runs.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("ephemeral-container");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        if pod.spec.list("ephemeralContainers").is_empty() {
            continue;
        }
        let path = format!("{}.ephemeralContainers", pod.spec.path);
        let finding = object.finding_at(&RULE, pod.spec.key("ephemeralContainers"), &path);
        findings.push(finding.saying(if pod.bare { "create" } else { "template" }));
    }
}
