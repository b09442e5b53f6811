//! `invalid-host`: the name of a host is a name in DNS: no scheme, no port, no path, no address.

use super::names::{is_subdomain, quoted};
use super::{Object, Part, error};
use crate::{Finding, Rule};
use std::net::IpAddr;

pub(super) static RULE: Rule = error("invalid-host");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object.part("spec") else {
        return;
    };
    if object.is("", &["Service"]) && spec.text("type") == Some("ExternalName") {
        let part = spec.field("externalName");
        // A single dot at the end is taken away before the name is looked at, and an address passes for a name.
        let wrong = part.filter(|part| {
            part.node.as_str().is_some_and(|name| {
                !name.is_empty() && !is_subdomain(name.strip_suffix('.').unwrap_or(name))
            })
        });
        findings.extend(wrong.map(|part| finding(object, &part, "subdomain")));
    }
    if object.is("networking.k8s.io", &["Ingress"]) {
        let rules = spec
            .list("rules")
            .into_iter()
            .filter_map(|rule| rule.field("host"));
        for host in rules.chain(spec.list("tls").iter().flat_map(|tls| tls.list("hosts"))) {
            let fault = host.node.as_str().and_then(fault);
            findings.extend(fault.map(|fault| finding(object, &host, fault)));
        }
    }
}

/// Which words fit, if the host of an Ingress does not.
fn fault(host: &str) -> Option<&'static str> {
    match host {
        "" => None,
        _ if host.parse::<IpAddr>().is_ok() => Some("address"),
        _ if host.contains('*') => {
            let rest = host.strip_prefix("*.");
            (!rest.is_some_and(|rest| !rest.contains('*') && is_subdomain(rest)))
                .then_some("wildcard")
        }
        _ => (!is_subdomain(host)).then_some("subdomain"),
    }
}

fn finding(object: &Object<'_>, part: &Part<'_>, fault: &'static str) -> Finding {
    let value = part.node.as_str().unwrap_or_default();
    let finding = object
        .finding(&RULE, part.node, &part.path)
        .saying(fault)
        .with("value", quoted(value));
    match (fault, bare(value)) {
        ("subdomain", Some(meant)) => finding.with("meant", meant).advising("meant"),
        ("subdomain", None) => finding.advising("letters"),
        _ => finding.advising(fault),
    }
}

/// The host in `https://Shop.example:8080/cart`.
fn bare(value: &str) -> Option<String> {
    let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    let host = host.to_lowercase().replace('_', "-");
    (host != value && is_subdomain(&host)).then_some(host)
}
