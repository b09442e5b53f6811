//! `needs-indexed`: what speaks of the indexes of a Job needs a Job that has some.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("needs-indexed");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for job in object.parts("JobSpec") {
        let indexed = job.text("completionMode") == Some("Indexed");
        for field in ["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"] {
            if let Some(part) = job.field(field).filter(|_| !indexed) {
                let finding = object.finding(&RULE, part.node, &part.path);
                let value = super::names::json(part.node);
                findings.push(finding.saying("mode").advising("mode").with("value", value));
            }
        }
        let most = job.integer("completions").filter(|_| indexed);
        if let (Some(most), Some(part)) = (most, job.field("maxFailedIndexes"))
            && job
                .integer("maxFailedIndexes")
                .is_some_and(|failed| failed > most)
        {
            let finding = object.finding(&RULE, part.node, &part.path);
            let value = super::names::json(part.node);
            findings.push(finding.saying("many").advising("many").with("value", value));
        }
    }
}
