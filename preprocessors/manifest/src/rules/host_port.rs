//! `host-port`: a port of the node is taken once, and under the host's network it is the container's own.

use super::{Object, Part, Role, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("host-port");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let host_network = pod.spec.is_true("hostNetwork");
        let containers = pod.containers().into_iter();
        let ports: Vec<Part<'_>> = containers
            .filter(|container| container.role == Role::Main)
            .flat_map(|container| container.part.list("ports"))
            .collect();
        let mut taken: Vec<(String, Part<'_>)> = Vec::new();
        for port in &ports {
            let Some(host) = port.field("hostPort") else {
                continue;
            };
            let Some(number) = port.integer("hostPort").filter(|number| *number > 0) else {
                continue;
            };
            let container_port = port.integer("containerPort");
            if host_network && container_port.is_some_and(|inner| inner != number) {
                let finding = object.finding(&RULE, host.node, &host.path);
                findings.push(
                    finding
                        .saying("network")
                        .with("value", number.to_string())
                        .advising("network")
                        .also(port.key("containerPort"), "container-port"),
                );
            }
            let protocol = port.text("protocol").filter(|text| !text.is_empty());
            let address = port.text("hostIP").unwrap_or_default();
            let key = format!("{}/{address}/{number}", protocol.unwrap_or("TCP"));
            match taken.iter().find(|(other, _)| *other == key) {
                Some((_, first)) => findings.push(
                    object
                        .finding(&RULE, host.node, &host.path)
                        .saying("twice")
                        .with("value", key)
                        .advising("twice")
                        .also(first.node.span.clone(), "first"),
                ),
                None => taken.push((key, host)),
            }
        }
    }
}
