//! `probe-settings`: the numbers of a probe.

use super::{Object, Part, error, probe_handler};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("probe-settings");

/// None of these may be negative; 0 is as good as not written.
const NUMBERS: &[&str] = &[
    "initialDelaySeconds",
    "timeoutSeconds",
    "periodSeconds",
    "successThreshold",
    "failureThreshold",
];
const GRACE: &str = "terminationGracePeriodSeconds";

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    sleep(object, findings);
    for container in object.containers() {
        if !probe_handler::may_have_probes(&container) {
            continue;
        }
        for name in probe_handler::PROBES {
            let Some(probe) = container.part.field(name) else {
                continue;
            };
            let mut faults: Vec<(&str, &'static str)> = Vec::new();
            faults.extend(NUMBERS.iter().filter_map(|field| {
                let number = probe.integer(field)?;
                (number < 0).then_some((*field, "negative"))
            }));
            faults.extend(threshold(&probe, name).map(|fault| ("successThreshold", fault)));
            faults.extend(grace(&probe, name).map(|fault| (GRACE, fault)));
            for (field, fault) in faults {
                let Some(value) = probe.field(field) else {
                    continue;
                };
                let number = probe.integer(field).unwrap_or_default();
                let finding = object.finding(&RULE, value.node, &value.path);
                findings.push(
                    finding
                        .saying(fault)
                        .with("value", number.to_string())
                        .advising(fault),
                );
            }
        }
    }
}

fn threshold(probe: &Part<'_>, name: &str) -> Option<&'static str> {
    let number = probe.integer("successThreshold")?;
    (name != "readinessProbe" && number > 1).then_some("success")
}

fn grace(probe: &Part<'_>, name: &str) -> Option<&'static str> {
    let number = probe.integer(GRACE)?;
    match name {
        "readinessProbe" => Some("readiness"),
        _ if number <= 0 => Some("grace"),
        _ => None,
    }
}

/// A hook that sleeps ends before the time runs out that the pod has to stop.
fn sleep(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let grace = pod.spec.integer(GRACE).unwrap_or(30);
        for container in pod.containers() {
            for (_, hook) in probe_handler::handlers(&container) {
                let Some(sleep) = hook.field("sleep") else {
                    continue;
                };
                let Some(seconds) = sleep.integer("seconds") else {
                    continue;
                };
                if grace >= 1 && !(0..=grace).contains(&seconds) {
                    let finding = object.finding_at(&RULE, sleep.key("seconds"), &sleep.path);
                    findings.push(
                        finding
                            .saying("sleep")
                            .advising("sleep")
                            .with("value", seconds.to_string())
                            .with("grace", grace.to_string()),
                    );
                }
            }
        }
    }
}
