//! `invalid-reference`: the name of another object that no object of that kind can have.

use super::syntax::{label, subdomain};
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("invalid-reference");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let mut domains = Vec::new();
    let mut labels = Vec::new();
    if object.is("networking.k8s.io", &["Ingress"]) {
        domains.extend(object.part("spec.ingressClassName"));
        let backends = object.parts("IngressServiceBackend");
        domains.extend(
            object
                .parts("IngressTLS")
                .iter()
                .filter_map(|tls| tls.field("secretName")),
        );
        labels.extend(backends.iter().filter_map(|backend| backend.field("name")));
    }
    if object.is("", &["PersistentVolumeClaim", "PersistentVolume"]) {
        domains.extend(object.part("spec.storageClassName"));
    }
    if object.kind.group == "rbac.authorization.k8s.io" {
        let accounts = object.parts("Subject").into_iter();
        let accounts = accounts.filter(|subject| subject.text("kind") == Some("ServiceAccount"));
        domains.extend(accounts.filter_map(|account| account.field("name")));
    }
    if object.is("apps", &["StatefulSet"]) {
        let claims = object.parts("PersistentVolumeClaimSpec");
        domains.extend(
            claims
                .iter()
                .filter_map(|claim| claim.field("storageClassName")),
        );
    }
    for part in domains {
        check_part(object, &part, subdomain, findings);
    }
    for part in labels {
        check_part(object, &part, label, findings);
    }
}

fn check_part(
    object: &Object<'_>,
    part: &Part<'_>,
    fault: fn(&str) -> Option<&'static str>,
    findings: &mut Vec<Finding>,
) {
    let Some(name) = part.node.as_str() else {
        return;
    };
    // Without a name most of these are as if they were not there; an Ingress is to have a class or none.
    let class = part.path.ends_with("ingressClassName");
    if let Some(variant) = fault(name).filter(|_| !name.is_empty() || class) {
        let finding = object.finding(&RULE, part.node, &part.path);
        let advice = if name.is_empty() { "empty" } else { "same" };
        findings.push(finding.saying(variant).advising(advice).with("value", name));
    }
}
