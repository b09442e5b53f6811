//! `invalid-address`: an IP address or a range of them that cannot be read, or not in one way only.
//!
//! <https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/ip.go>.

use super::addresses::{address, range};
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("invalid-address");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for part in addresses(object) {
        let fault = part.node.as_str().and_then(|text| address(text).err());
        findings.extend(fault.map(|fault| finding(object, &part, fault)));
    }
    for part in ranges(object) {
        let fault = part.node.as_str().and_then(|text| range(text).err());
        findings.extend(fault.map(|fault| finding(object, &part, fault)));
    }
}

fn finding(object: &Object<'_>, part: &Part<'_>, fault: &'static str) -> Finding {
    let value = part.node.as_str().unwrap_or_default();
    let advice = match fault {
        "range" if address(value).is_ok() => "single",
        _ => fault,
    };
    let one = if value.contains(':') { "128" } else { "32" };
    let finding = object
        .finding(&RULE, part.node, &part.path)
        .saying(fault)
        .advising(advice);
    finding.with("value", value).with("bits", one)
}

fn addresses<'o>(object: &Object<'o>) -> Vec<Part<'o>> {
    let mut found = Vec::new();
    if object.is("", &["Service"])
        && let Some(spec) = object.part("spec")
    {
        let set = |part: &Part<'_>| !["", "None"].contains(&part.node.as_str().unwrap_or_default());
        let first = spec
            .field("clusterIP")
            .filter(|_| spec.list("clusterIPs").is_empty());
        let first = first.map(|part| Part {
            path: "spec.clusterIPs[0]".to_owned(),
            ..part
        });
        found.extend(first.into_iter().chain(spec.list("clusterIPs")).filter(set));
        found.extend(spec.list("externalIPs"));
    }
    if object.is("", &["Endpoints"]) {
        let all = object.parts("EndpointAddress");
        found.extend(all.iter().filter_map(|address| address.field("ip")));
    }
    for pod in object.pods() {
        let aliases = pod.spec.list("hostAliases");
        found.extend(aliases.iter().filter_map(|alias| alias.field("ip")));
        let config = pod.spec.field("dnsConfig");
        found.extend(config.map_or(Vec::new(), |config| config.list("nameservers")));
    }
    let numbered = ["IPv4", "IPv6"].contains(
        &object
            .at("addressType")
            .and_then(|of| of.as_str())
            .unwrap_or_default(),
    );
    if object.is("discovery.k8s.io", &["EndpointSlice"]) && numbered {
        found.extend(
            object
                .parts("Endpoint")
                .iter()
                .flat_map(|endpoint| endpoint.list("addresses")),
        );
    }
    found
}

fn ranges<'o>(object: &Object<'o>) -> Vec<Part<'o>> {
    let mut found = Vec::new();
    if object.is("", &["Service"])
        && let Some(spec) = object.part("spec")
    {
        let all = spec.list("loadBalancerSourceRanges").into_iter();
        // A blank around it the server takes away here.
        let plain = all.filter(|part| part.node.as_str().is_some_and(|text| text.trim() == text));
        // The server writes this name with a capital letter.
        found.extend(plain.map(|part| Part {
            path: part.path.replace(".load", ".Load"),
            ..part
        }));
    }
    if object.is("", &["Node"])
        && let Some(part) = object.part("spec.podCIDR")
        && part.node.as_str().map(range) == Some(Err("range"))
    {
        // The server keeps it as the first of a list.
        let path = "spec.podCIDRs[0]".to_owned();
        found.push(Part { path, ..part });
    }
    for block in object.parts("IPBlock") {
        found.extend(block.field("cidr").into_iter().chain(block.list("except")));
    }
    found
}
