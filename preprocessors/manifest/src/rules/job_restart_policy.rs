//! `job-restart-policy`: the pods of a Job come to an end, so `Always`, the default, is no policy for them.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("job-restart-policy");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("batch", &["Job", "CronJob"]) {
        return;
    }
    for pod in object.pods() {
        let policy = pod.spec.field("restartPolicy");
        let written = policy
            .as_ref()
            .map_or("", |policy| policy.node.as_str().unwrap_or("Never"));
        if ["", "Always"].contains(&written) {
            let span = policy.map_or_else(
                || object.lacking(&pod.spec),
                |policy| policy.node.span.clone(),
            );
            let path = format!("{}.restartPolicy", pod.spec.path);
            let advice = if written.is_empty() { "add" } else { "change" };
            findings.push(object.finding_at(&RULE, span, &path).advising(advice));
        }
    }
}
