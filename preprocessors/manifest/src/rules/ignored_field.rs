//! `ignored-field`: a field that is accepted and then means nothing.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/api/service/warnings.go>.

use super::{Object, warning};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = warning("ignored-field");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object.part("spec").filter(|_| object.is("", &["Service"])) else {
        return;
    };
    let external = spec.text("type") == Some("ExternalName");
    let written = |part: &super::Part<'_>| part.node.as_str() != Some("");
    if let Some(name) = spec
        .field("externalName")
        .filter(written)
        .filter(|_| !external)
    {
        let finding = object.finding_at(&RULE, object.lacking(&name), &name.path);
        findings.push(finding.saying("external-name").advising("external-name"));
    }
    let affinity = spec.field("sessionAffinity");
    let wanted = affinity.filter(|affinity| affinity.node.as_str() == Some("ClientIP"));
    if let Some(affinity) = wanted.filter(|_| spec.text("clusterIP") == Some("None")) {
        // The server writes this name with a capital letter.
        let finding = object.finding_at(&RULE, object.lacking(&affinity), "spec.SessionAffinity");
        findings.push(finding.saying("affinity").advising("affinity"));
    }
}
