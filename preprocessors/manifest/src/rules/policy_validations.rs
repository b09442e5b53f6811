//! `policy-validations`: an admission policy has something to check or to write down.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/admissionregistration/validation/validation.go>.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("policy-validations");

const FIELDS: [&str; 2] = ["validations", "auditAnnotations"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let kinds = ["ValidatingAdmissionPolicy"];
    let Some(spec) = object
        .part("spec")
        .filter(|_| object.is("admissionregistration.k8s.io", &kinds))
    else {
        return;
    };
    let lists = FIELDS.map(|field| spec.field(field));
    if lists
        .iter()
        .flatten()
        .any(|list| !list.node.items().is_empty())
    {
        return;
    }
    let span = match lists.iter().flatten().next() {
        Some(list) => object.lacking(list),
        None => object.lacking(&spec),
    };
    findings.push(object.finding_at(&RULE, span, "spec.validations"));
}
