//! `service-type-conflict`: a field of a Service that its type has no use for.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>, `ValidateService`.

use super::names::json;
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("service-type-conflict");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object.part("spec").filter(|_| object.is("", &["Service"])) else {
        return;
    };
    let kind = spec
        .text("type")
        .filter(|kind| !kind.is_empty())
        .unwrap_or("ClusterIP");
    let mut say = |part: Part<'_>, path: String, variant| {
        let mut finding = object
            .finding(&RULE, part.node, &path)
            .saying(variant)
            .advising(variant);
        if let Some(at) = spec.node.get("type") {
            finding = finding.also(at.span.clone(), "type");
        }
        let value = json(part.node);
        findings.push(finding.with("value", value).with("type", kind));
    };
    if kind == "ClusterIP" {
        for port in spec.list("ports") {
            if let Some(number) = port
                .field("nodePort")
                .filter(|_| port.integer("nodePort") != Some(0))
            {
                let path = number.path.clone();
                say(number, path, "node-port");
            }
        }
    }
    for (field, path, variant) in misplaced(&spec, kind) {
        if let Some(part) = spec.field(field) {
            say(part, format!("spec.{path}"), variant);
        }
    }
}

/// The field, its name in the server's message, and the words.
fn misplaced(spec: &Part<'_>, kind: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    let mut found = Vec::new();
    let mut note = |there: bool, field, path, variant| {
        if there {
            found.push((field, path, variant));
        }
    };
    let balanced = kind == "LoadBalancer";
    let exposed = ["LoadBalancer", "NodePort"].contains(&kind);
    let address = spec.text("clusterIP").filter(|address| !address.is_empty());
    note(
        kind == "ExternalName" && address.is_some(),
        "clusterIP",
        "clusterIPs",
        "external-name",
    );
    note(
        exposed && address == Some("None"),
        "clusterIP",
        "clusterIPs[0]",
        "headless",
    );
    let local = spec
        .text("externalTrafficPolicy")
        .filter(|policy| !policy.is_empty());
    let reachable = exposed || (kind == "ClusterIP" && !spec.list("externalIPs").is_empty());
    note(
        !reachable && local.is_some(),
        "externalTrafficPolicy",
        "externalTrafficPolicy",
        "traffic",
    );
    let ranges = !spec.list("loadBalancerSourceRanges").is_empty();
    note(
        !balanced && ranges,
        "loadBalancerSourceRanges",
        "LoadBalancerSourceRanges",
        "balancer",
    );
    note(
        !balanced,
        "loadBalancerClass",
        "loadBalancerClass",
        "balancer",
    );
    note(
        !balanced,
        "allocateLoadBalancerNodePorts",
        "allocateLoadBalancerNodePorts",
        "balancer",
    );
    let asked = spec
        .integer("healthCheckNodePort")
        .is_some_and(|port| port != 0);
    note(
        asked && !(balanced && local == Some("Local")),
        "healthCheckNodePort",
        "healthCheckNodePort",
        "health",
    );
    found
}
