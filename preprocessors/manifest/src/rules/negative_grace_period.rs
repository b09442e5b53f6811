//! `negative-grace-period`: a pod cannot be given less than no time to stop.
//!
//! Asked of templates alone: of a Pod the server takes it without a word, and makes it 1.

use super::{Object, warning};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = warning("negative-grace-period");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods().iter().filter(|pod| !pod.bare) {
        let Some(period) = pod.spec.field("terminationGracePeriodSeconds") else {
            continue;
        };
        let seconds = pod.spec.integer("terminationGracePeriodSeconds");
        if seconds.is_some_and(|seconds| seconds < 0) {
            findings.push(object.finding(&RULE, period.node, &period.path));
        }
    }
}
