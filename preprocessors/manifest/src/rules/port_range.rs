//! `port-range`: the port of a container, a probe, a Service or whatever leads to one lies between 1 and 65535.

use super::object::integer;
use super::{Object, Part, error, probe_handler};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("port-range");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    of_services(object, findings);
    for container in object.containers() {
        for port in container.part.list("ports") {
            // A containerPort or hostPort of 0 is one that is not set.
            for field in ["containerPort", "hostPort"] {
                within(object, port.field(field), true, findings);
            }
        }
        for (_, handler) in probe_handler::handlers(&container) {
            for action in ["httpGet", "tcpSocket", "grpc"] {
                let port = handler
                    .field(action)
                    .and_then(|action| action.field("port"));
                within(object, port, false, findings);
            }
        }
    }
}

/// The ports of a Service, of what leads to one, and of what a NetworkPolicy lets through.
fn of_services(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for (definition, fields, zero) in [
        ("ServicePort", &["port"][..], false),
        ("ServicePort", &["targetPort"], true),
        ("ServiceBackendPort", &["number"], true),
        ("NetworkPolicyPort", &["port", "endPort"], false),
    ] {
        for port in object.parts(definition) {
            for field in fields {
                within(object, port.field(field), zero, findings);
            }
        }
    }
}

fn within(object: &Object<'_>, port: Option<Part<'_>>, zero: bool, findings: &mut Vec<Finding>) {
    let Some(port) = port else { return };
    let Some(number) = integer(port.node) else {
        return;
    };
    if (1..=65535).contains(&number) || (zero && number == 0) || i32::try_from(number).is_err() {
        return;
    }
    let finding = object.finding(&RULE, port.node, &port.path);
    findings.push(finding.with("value", number.to_string()));
}
