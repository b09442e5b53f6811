//! `job-selector`: a Job makes its selector itself; to write one takes `manualSelector`, which a CronJob cannot have.

use super::names::json;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("job-selector");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let cron = object.is("batch", &["CronJob"]);
    for job in object.parts("JobSpec") {
        let manual = job.field("manualSelector");
        let by_hand = job.is_true("manualSelector");
        if let Some(manual) = manual.filter(|_| cron && by_hand) {
            let finding = object.finding(&RULE, manual.node, &manual.path);
            findings.push(finding.saying("manual").advising("manual"));
        }
        // An empty one is filled by the server, but not in a CronJob.
        let labels = |part: &super::Part<'_>| cron || !part.node.entries().is_empty();
        if let Some(selector) = job.field("selector").filter(labels)
            && (cron || !by_hand)
        {
            let finding = object.finding(&RULE, selector.node, &selector.path);
            let fault = if cron { "cron" } else { "job" };
            let finding = finding.saying(fault).advising("selector");
            findings.push(finding.with("value", json(selector.node)));
        }
    }
}
