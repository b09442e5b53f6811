//! `access-modes`: who may use a volume only from one pod cannot offer it to others besides.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("access-modes");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("", &["PersistentVolumeClaim", "PersistentVolume"]) {
        return;
    }
    let Some(modes) = object
        .part("spec")
        .and_then(|spec| spec.field("accessModes"))
    else {
        return;
    };
    let alone = |part: &Part<'_>| {
        part.node
            .items()
            .iter()
            .any(|mode| mode.as_str() == Some("ReadWriteOncePod"))
    };
    let other = modes
        .node
        .items()
        .iter()
        .any(|mode| mode.as_str() != Some("ReadWriteOncePod"));
    if alone(&modes) && other {
        findings.push(object.finding(&RULE, modes.node, &modes.path));
    }
}
