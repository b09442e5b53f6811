//! `pod-failure-policy`: each rule for failed pods looks at exit codes or at conditions, and at codes that mean failure.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/batch/validation/validation.go>,
//! `validatePodFailurePolicyRule`.

use super::names::json;
use super::object::integer;
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("pod-failure-policy");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for job in object.parts("JobSpec") {
        around(object, &job, findings);
    }
    for rule in object.parts("PodFailurePolicyRule") {
        let codes = rule.field("onExitCodes");
        let conditions = !rule.list("onPodConditions").is_empty();
        let fault = match (codes.is_some(), conditions) {
            (false, false) => Some("neither"),
            (true, true) => Some("both"),
            _ => None,
        };
        if let Some(fault) = fault {
            let finding = object.finding_at(&RULE, object.lacking(&rule), &rule.path);
            findings.push(finding.saying(fault).advising("one"));
        }
        if let Some(codes) = codes {
            exit_codes(object, &codes, findings);
        }
    }
}

/// What a policy asks of the Job around it.
fn around(object: &Object<'_>, job: &Part<'_>, findings: &mut Vec<Finding>) {
    let Some(policy) = job.field("podFailurePolicy") else {
        return;
    };
    let pod = job
        .field("template")
        .and_then(|template| template.field("spec"));
    let restart = pod.and_then(|pod| pod.field("restartPolicy"));
    if let Some(restart) = restart.filter(|part| part.node.as_str() == Some("OnFailure")) {
        let finding = object.finding(&RULE, restart.node, &restart.path);
        findings.push(finding.saying("restart").advising("restart"));
    }
    for rule in policy.list("rules") {
        let action = rule.field("action");
        let index = action.filter(|action| action.node.as_str() == Some("FailIndex"));
        if let Some(action) = index.filter(|_| !job.has("backoffLimitPerIndex")) {
            let finding = object.finding(&RULE, action.node, &action.path);
            findings.push(finding.saying("index").advising("index"));
        }
    }
}

fn exit_codes(object: &Object<'_>, codes: &Part<'_>, findings: &mut Vec<Finding>) {
    let values = codes.list("values");
    let numbers: Vec<i64> = values
        .iter()
        .filter_map(|value| integer(value.node))
        .collect();
    let zero = values.iter().find(|value| integer(value.node) == Some(0));
    if let Some(zero) = zero.filter(|_| codes.text("operator") == Some("In")) {
        let finding = object.finding(&RULE, zero.node, &zero.path);
        findings.push(finding.saying("zero").advising("zero"));
    }
    let Some(list) = codes.field("values") else {
        return;
    };
    let fault = match () {
        _ if values.is_empty() => "empty",
        _ if !numbers.is_sorted() => "order",
        _ => return,
    };
    let finding = object.finding(&RULE, list.node, &list.path);
    findings.push(
        finding
            .saying(fault)
            .advising(fault)
            .with("value", json(list.node)),
    );
}
