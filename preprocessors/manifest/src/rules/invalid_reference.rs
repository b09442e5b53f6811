//! `invalid-reference`: the name of another object that no object of that kind can have.

use super::names::{is_label, is_subdomain};
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
        check_part(object, &part, is_subdomain, "subdomain", findings);
    }
    for part in labels {
        check_part(object, &part, is_label, "label", findings);
    }
}

fn check_part(
    object: &Object<'_>,
    part: &Part<'_>,
    fits: fn(&str) -> bool,
    variant: &'static str,
    findings: &mut Vec<Finding>,
) {
    let Some(name) = part
        .node
        .as_str()
        .filter(|name| !name.is_empty() && !fits(name))
    else {
        return;
    };
    let finding = object.finding(&RULE, part.node, &part.path);
    findings.push(finding.saying(variant).advising("same").with("value", name));
}
