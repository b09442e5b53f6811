//! `progress-deadline`: a rollout is given more time than a pod takes to count as available.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go>, `ValidateDeploymentSpec`.

use super::object::integer;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("progress-deadline");

/// Seconds, where nothing is written.
const DEFAULT: i64 = 600;

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    const PATH: &str = "spec.progressDeadlineSeconds";
    if !object.is("apps", &["Deployment"]) {
        return;
    }
    let (deadline, ready) = (object.at(PATH), object.at("spec.minReadySeconds"));
    let (Some(seconds), Some(least)) = (
        deadline.map_or(Some(DEFAULT), integer),
        ready.map_or(Some(0), integer),
    ) else {
        return;
    };
    let Some(place) = deadline.or(ready).filter(|_| seconds <= least) else {
        return;
    };
    let finding = object.finding(&RULE, place, PATH);
    let finding = finding
        .with("value", seconds.to_string())
        .with("least", least.to_string());
    findings.push(match (deadline, ready) {
        (Some(_), Some(ready)) => finding.also(ready.span.clone(), "ready"),
        _ => finding,
    });
}
