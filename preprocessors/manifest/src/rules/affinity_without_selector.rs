//! `affinity-without-selector`: a rule about other pods that says of no pod that it is meant.

use super::{Object, Part, warning};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = warning("affinity-without-selector");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let mut terms: Vec<Part<'_>> = Vec::new();
        if let Some(affinity) = pod.spec.field("affinity") {
            let kinds = ["podAffinity", "podAntiAffinity"];
            for kind in kinds.iter().filter_map(|kind| affinity.field(kind)) {
                terms.extend(kind.list("requiredDuringSchedulingIgnoredDuringExecution"));
                let preferred = kind.list("preferredDuringSchedulingIgnoredDuringExecution");
                terms.extend(
                    preferred
                        .iter()
                        .filter_map(|item| item.field("podAffinityTerm")),
                );
            }
        }
        terms.extend(pod.spec.list("topologySpreadConstraints"));
        for term in terms.iter().filter(|term| !term.has("labelSelector")) {
            if term.node.entries().is_empty() {
                continue;
            }
            let path = format!("{}.labelSelector", term.path);
            findings.push(object.finding_at(&RULE, term.head(), &path));
        }
    }
}
