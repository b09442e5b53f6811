//! `not-positive`: what must be more than nothing is 1 or more.
//!
//! One table of fields for all kinds: a field is in it when an API server was seen to refuse 0.

use super::object::integer;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("not-positive");

/// Group, kind, field.
const FIELDS: &[(&str, &str, &str)] =
    &[("coordination.k8s.io", "Lease", "spec.leaseDurationSeconds")];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for (.., path) in FIELDS
        .iter()
        .filter(|(group, kind, _)| object.is(group, &[kind]))
    {
        if let Some(node) = object.at(path)
            && let Some(number) = integer(node).filter(|number| *number <= 0)
        {
            let finding = object.finding(&RULE, node, path);
            findings.push(finding.with("value", number.to_string()));
        }
    }
}
