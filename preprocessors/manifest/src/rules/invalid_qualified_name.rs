//! `invalid-qualified-name`: names that several makers share begin with a domain: `example.com/name`.

use super::names::{is_subdomain, key_fault};
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("invalid-qualified-name");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for part in names(object) {
        let Some(name) = part.node.as_str().filter(|name| !name.is_empty()) else {
            continue;
        };
        let fault = match object.is("networking.k8s.io", &["IngressClass"]) {
            true => path_fault(name),
            // A provisioner may have capital letters before its `/`.
            false if object.is("storage.k8s.io", &["StorageClass"]) => {
                key_fault(&name.to_lowercase())
            }
            false => key_fault(name),
        };
        if let Some(fault) = fault {
            let finding = object.finding(&RULE, part.node, &part.path);
            findings.push(
                finding
                    .saying(fault)
                    .advising("example")
                    .with("value", name),
            );
        }
    }
}

fn names<'o>(object: &Object<'o>) -> Vec<Part<'o>> {
    let mut found = Vec::new();
    if object.is("", &["Service"])
        && let Some(spec) = object.part("spec")
    {
        found.extend(spec.field("loadBalancerClass"));
        found.extend(
            spec.list("ports")
                .iter()
                .filter_map(|port| port.field("appProtocol")),
        );
    }
    if object.is("storage.k8s.io", &["StorageClass"]) {
        found.extend(object.part("provisioner"));
    }
    if object.is("networking.k8s.io", &["IngressClass"]) {
        found.extend(object.part("spec.controller"));
    }
    found
}

/// Which words fit, if the controller of an IngressClass is none.
fn path_fault(name: &str) -> Option<&'static str> {
    match name.split_once('/') {
        None | Some(("", _) | (_, "")) => Some("path"),
        Some((prefix, _)) => (!is_subdomain(prefix)).then_some("domain"),
    }
}
