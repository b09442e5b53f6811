//! `network-policy-peer`: whom a NetworkPolicy lets through is said by selectors or by a range of addresses.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go>,
//! `ValidateNetworkPolicyPeer`.

use super::addresses::{is_within, range};
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("network-policy-peer");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for peer in object.parts("NetworkPolicyPeer") {
        let selects = peer.has("podSelector") || peer.has("namespaceSelector");
        let fault = match (selects, peer.has("ipBlock")) {
            (false, false) => "none",
            (true, true) => "both",
            _ => continue,
        };
        let finding = object.finding_at(&RULE, object.lacking(&peer), &peer.path);
        findings.push(finding.saying(fault).advising(fault));
    }
    for block in object.parts("IPBlock") {
        exceptions(object, &block, findings);
    }
}

fn exceptions(object: &Object<'_>, block: &Part<'_>, findings: &mut Vec<Finding>) {
    let read = |part: &Part<'_>| part.node.as_str().and_then(|text| range(text).ok());
    let Some(whole) = block.field("cidr") else {
        return;
    };
    for except in block.list("except") {
        if let (Some(outer), Some(inner)) = (read(&whole), read(&except))
            && !is_within(inner, outer)
        {
            let finding = object.finding(&RULE, except.node, &except.path);
            let value = except.node.as_str().unwrap_or_default();
            let finding = finding
                .saying("except")
                .advising("except")
                .with("value", value);
            findings.push(finding.also(whole.node.span.clone(), "whole"));
        }
    }
}
