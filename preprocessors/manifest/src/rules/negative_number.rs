//! `negative-number`: what counts things or seconds is not below zero.
//!
//! One table of fields for all kinds: a field is in it when an API server was seen to refuse it.

use super::object::integer;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("negative-number");

/// Group, kind, fields.
const FIELDS: &[(&str, &str, &[&str])] = &[
    (
        "apps",
        "Deployment",
        &[
            "spec.replicas",
            "spec.minReadySeconds",
            "spec.revisionHistoryLimit",
            "spec.strategy.rollingUpdate.maxSurge",
            "spec.strategy.rollingUpdate.maxUnavailable",
        ],
    ),
    (
        "apps",
        "ReplicaSet",
        &["spec.replicas", "spec.minReadySeconds"],
    ),
    (
        "apps",
        "StatefulSet",
        &[
            "spec.replicas",
            "spec.minReadySeconds",
            "spec.ordinals.start",
            "spec.updateStrategy.rollingUpdate.partition",
        ],
    ),
    (
        "apps",
        "DaemonSet",
        &["spec.minReadySeconds", "spec.revisionHistoryLimit"],
    ),
    (
        "",
        "ReplicationController",
        &["spec.replicas", "spec.minReadySeconds"],
    ),
    ("coordination.k8s.io", "Lease", &["spec.leaseTransitions"]),
    ("batch", "Job", JOB),
    ("batch", "CronJob", CRON_JOB),
    (
        "autoscaling",
        "HorizontalPodAutoscaler",
        &["spec.minReplicas"],
    ),
    (
        "policy",
        "PodDisruptionBudget",
        &["spec.minAvailable", "spec.maxUnavailable"],
    ),
];
const JOB: &[&str] = &[
    "spec.parallelism",
    "spec.completions",
    "spec.activeDeadlineSeconds",
    "spec.backoffLimit",
    "spec.ttlSecondsAfterFinished",
    "spec.backoffLimitPerIndex",
    "spec.maxFailedIndexes",
];
const CRON_JOB: &[&str] = &[
    "spec.startingDeadlineSeconds",
    "spec.successfulJobsHistoryLimit",
    "spec.failedJobsHistoryLimit",
    "spec.jobTemplate.spec.parallelism",
    "spec.jobTemplate.spec.completions",
    "spec.jobTemplate.spec.activeDeadlineSeconds",
    "spec.jobTemplate.spec.backoffLimit",
    "spec.jobTemplate.spec.ttlSecondsAfterFinished",
    "spec.jobTemplate.spec.backoffLimitPerIndex",
    "spec.jobTemplate.spec.maxFailedIndexes",
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let known = FIELDS
        .iter()
        .find(|(group, kind, _)| object.is(group, &[kind]));
    for path in known.map_or(&[][..], |(.., paths)| paths) {
        if let Some(node) = object.at(path)
            && let Some(number) = integer(node).filter(|number| *number < 0)
        {
            let finding = object.finding(&RULE, node, path);
            findings.push(finding.with("value", number.to_string()));
        }
    }
}
