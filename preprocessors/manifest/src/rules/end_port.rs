//! `end-port`: the last port of a range in a NetworkPolicy comes after the first, which is a number.

use super::object::integer;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("end-port");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for ports in object.parts("NetworkPolicyPort") {
        let Some(end) = ports.field("endPort") else {
            continue;
        };
        let Some(last) = integer(end.node) else {
            continue;
        };
        let first = ports.field("port");
        let fault = match &first {
            None => "alone",
            Some(first) => match integer(first.node) {
                None => "named",
                Some(number) if last < number => "before",
                Some(_) => continue,
            },
        };
        let finding = object
            .finding(&RULE, end.node, &end.path)
            .saying(fault)
            .advising(fault);
        let finding = finding.with("value", last.to_string());
        findings.push(match first {
            Some(first) => finding.also(first.node.span.clone(), "first"),
            None => finding,
        });
    }
}
