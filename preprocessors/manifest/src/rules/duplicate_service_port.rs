//! `duplicate-service-port`: two ports of a Service that cannot be told apart.
//!
//! By name, by port and protocol, or by the port that they take on every node.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("duplicate-service-port");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object.part("spec").filter(|_| object.is("", &["Service"])) else {
        return;
    };
    let ports = spec.list("ports");
    for (index, port) in ports.iter().enumerate() {
        let before = &ports[..index];
        if let Some(name) = port.field("name").filter(|_| port.text("name") != Some("")) {
            let twin = before
                .iter()
                .find(|other| other.text("name") == port.text("name"));
            let first = twin.and_then(|other| other.field("name"));
            note(
                object,
                findings,
                (&name, &name.path),
                first,
                "name",
                protocol(port),
            );
        }
        let twin = before
            .iter()
            .find(|other| address(other).is_some() && address(other) == address(port));
        if let Some(number) = port.field("port") {
            let first = twin.and_then(|other| other.field("port"));
            note(
                object,
                findings,
                (&number, &port.path),
                first,
                "port",
                protocol(port),
            );
        }
        if let Some(number) = port
            .field("nodePort")
            .filter(|_| port.integer("nodePort") != Some(0))
        {
            let twin = before.iter().find(|other| {
                other.integer("nodePort") == port.integer("nodePort")
                    && protocol(other) == protocol(port)
            });
            let first = twin.and_then(|other| other.field("nodePort"));
            note(
                object,
                findings,
                (&number, &number.path),
                first,
                "node-port",
                protocol(port),
            );
        }
    }
}

fn protocol<'o>(port: &Part<'o>) -> &'o str {
    port.text("protocol")
        .filter(|protocol| !protocol.is_empty())
        .unwrap_or("TCP")
}

fn address<'o>(port: &Part<'o>) -> Option<(i64, &'o str)> {
    Some((port.integer("port")?, protocol(port)))
}

fn note(
    object: &Object<'_>,
    findings: &mut Vec<Finding>,
    (part, path): (&Part<'_>, &str),
    first: Option<Part<'_>>,
    variant: &'static str,
    protocol: &str,
) {
    if let Some(first) = first {
        let value = part.node.as_str().map(str::to_owned);
        let value = value.unwrap_or_else(|| part.node.written(object.source).to_owned());
        let finding = object
            .finding(&RULE, part.node, path)
            .saying(variant)
            .advising(variant);
        findings.push(
            finding
                .with("value", value)
                .with("protocol", protocol)
                .also(first.node.span.clone(), "first"),
        );
    }
}
