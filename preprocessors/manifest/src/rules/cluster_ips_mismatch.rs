//! `cluster-ips-mismatch`: `clusterIP` is the first of `clusterIPs`.

use super::names::json;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("cluster-ips-mismatch");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object.part("spec").filter(|_| object.is("", &["Service"])) else {
        return;
    };
    let Some(all) = spec.field("clusterIPs") else {
        return;
    };
    let Some(one) = spec.field("clusterIP") else {
        if !all.node.items().is_empty() {
            let finding = object.finding(&RULE, all.node, &all.path).saying("alone");
            findings.push(finding.with("value", json(all.node)));
        }
        return;
    };
    let first = all.node.items().first().and_then(|first| first.as_str());
    if spec.text("type") != Some("ExternalName") && first.is_some() && first != one.node.as_str() {
        let finding = object.finding(&RULE, all.node, &all.path).saying("first");
        let finding = finding.with("value", json(all.node));
        findings.push(finding.also(one.node.span.clone(), "one"));
    }
}
