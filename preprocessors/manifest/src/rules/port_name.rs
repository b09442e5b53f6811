//! `port-name`: what the port of a container may be called, and so what probes, Services and policies may call it.

use super::names::is_label;
use super::{Object, Part, error, probe_handler, syntax};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("port-name");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    of_services(object, findings);
    for container in object.containers() {
        for port in container.part.list("ports") {
            named(object, port.field("name"), findings);
        }
        for (_, handler) in probe_handler::handlers(&container) {
            for action in ["httpGet", "tcpSocket"] {
                let port = handler
                    .field(action)
                    .and_then(|action| action.field("port"));
                named(object, port, findings);
            }
        }
    }
}

/// The names by which Services, Ingresses and NetworkPolicies call a port.
fn of_services(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for (definition, field) in [
        ("ServicePort", "targetPort"),
        ("ServiceBackendPort", "name"),
        ("NetworkPolicyPort", "port"),
    ] {
        for port in object.parts(definition) {
            named(object, port.field(field), findings);
        }
    }
    for port in object.parts("ServicePort") {
        let name = port.field("name");
        // The name of a Service's own port may be longer.
        let wrong = |text: &str| !text.is_empty() && (text.len() > 63 || !is_label(text));
        if let Some(name) = name
            && let Some(text) = name.node.as_str().filter(|text| wrong(text))
        {
            let finding = object.finding(&RULE, name.node, &name.path);
            let dots = text.contains('.') && text.split('.').all(is_label);
            let said = if dots { "label-dots" } else { "label" };
            let finding = finding.saying(said).advising("name");
            findings.push(finding.with("value", text));
        }
    }
}

fn named(object: &Object<'_>, name: Option<Part<'_>>, findings: &mut Vec<Finding>) {
    let Some(name) = name else { return };
    let Some(text) = name.node.as_str().filter(|text| !text.is_empty()) else {
        return;
    };
    let Some(variant) = syntax::port_name(text) else {
        return;
    };
    let number = text.parse::<u16>().is_ok();
    let finding = object
        .finding(&RULE, name.node, &name.path)
        .saying(variant)
        .with("value", text);
    findings.push(finding.advising(if number { "number" } else { "name" }));
}
