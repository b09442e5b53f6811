//! `claim-not-declared`: a container uses a device that its pod does not claim.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("claim-not-declared");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let declared = pod.spec.list("resourceClaims");
        let declared: Vec<&str> = declared
            .iter()
            .filter_map(|claim| claim.text("name"))
            .collect();
        for container in pod.containers() {
            let Some(resources) = container.part.field("resources") else {
                continue;
            };
            for claim in resources.list("claims") {
                let Some(name) = claim.field("name") else {
                    continue;
                };
                let Some(text) = name.node.as_str() else {
                    continue;
                };
                if !text.is_empty() && !declared.contains(&text) {
                    let variant = if declared.is_empty() {
                        "empty"
                    } else {
                        "known"
                    };
                    let finding = object.finding(&RULE, name.node, &claim.path);
                    findings.push(finding.saying(variant).with("value", text));
                }
            }
        }
    }
}
