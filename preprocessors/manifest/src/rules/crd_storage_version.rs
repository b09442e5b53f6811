//! `crd-storage-version`: of the versions of a custom resource exactly one is that in which it is kept.
//!
//! <https://github.com/kubernetes/apiextensions-apiserver/blob/master/pkg/apis/apiextensions/validation/validation.go>.

use super::crd_name::is_definition;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("crd-storage-version");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object.part("spec").filter(|_| is_definition(object)) else {
        return;
    };
    // No list at all is a missing field already.
    let Some(list) = spec.field("versions") else {
        return;
    };
    let versions = spec.list("versions");
    let mut kept = versions.iter().filter(|version| version.is_true("storage"));
    match (kept.next(), kept.next()) {
        (None, _) => {
            let finding = object.finding_at(&RULE, object.lacking(&list), &list.path);
            findings.push(finding.advising("none"));
        }
        (Some(first), Some(second)) => {
            let finding = object.finding_at(&RULE, second.key("storage"), &list.path);
            let finding = finding.also(first.key("storage"), "first");
            findings.push(finding.advising("several"));
        }
        (Some(_), None) => {}
    }
}
