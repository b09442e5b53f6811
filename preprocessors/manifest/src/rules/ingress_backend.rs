//! `ingress-backend`: an Ingress leads to one backend, and to one port of it.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go>,
//! `validateIngressBackend`.

use super::names::json;
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("ingress-backend");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("networking.k8s.io", &["Ingress"]) || object.kind.version != "v1" {
        return;
    }
    if let Some(spec) = object.part("spec") {
        let rules = spec.field("rules");
        if !spec.has("defaultBackend")
            && rules
                .as_ref()
                .is_none_or(|rules| rules.node.items().is_empty())
        {
            let value = rules.map_or("null".to_owned(), |rules| json(rules.node));
            let finding = object.finding_at(&RULE, object.lacking(&spec), &spec.path);
            findings.push(
                finding
                    .saying("nothing")
                    .advising("nothing")
                    .with("value", value),
            );
        }
    }
    for backend in object.parts("IngressBackend") {
        if let Some(fault) = fault(&backend) {
            let finding = object.finding_at(&RULE, object.lacking(&backend), &backend.path);
            findings.push(finding.saying(fault).advising(fault));
        }
    }
}

fn fault(backend: &Part<'_>) -> Option<&'static str> {
    let Some(service) = backend.field("service") else {
        return (!backend.has("resource")).then_some("none");
    };
    if backend.has("resource") {
        return Some("two");
    }
    let port = service.field("port");
    let named = port
        .as_ref()
        .is_some_and(|port| port.text("name").is_some_and(|name| !name.is_empty()));
    let numbered =
        port.is_some_and(|port| port.integer("number").is_some_and(|number| number != 0));
    match (named, numbered) {
        // A service without a name is told of first.
        _ if service.text("name").unwrap_or_default().is_empty() => None,
        (true, true) => Some("two-ports"),
        (false, false) => Some("no-port"),
        _ => None,
    }
}
