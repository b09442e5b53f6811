//! `volume-not-declared`: a container mounts a volume that its pod does not have.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("volume-not-declared");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let declared = declared(object, &pod.spec);
        let containers = pod.containers();
        let mounts = containers.iter().flat_map(|container| {
            let mounts = container.part.list("volumeMounts");
            mounts
                .into_iter()
                .chain(container.part.list("volumeDevices"))
        });
        for name in mounts.filter_map(|mount| mount.field("name")) {
            let Some(text) = name.node.as_str() else {
                continue;
            };
            if text.is_empty() || declared.iter().any(|known| known == text) {
                continue;
            }
            let finding = object
                .finding(&RULE, name.node, &name.path)
                .with("value", text)
                .with("known", declared.join("`, `"));
            findings.push(match declared.is_empty() {
                true => finding.advising("none"),
                false => finding.advising("known"),
            });
        }
    }
}

/// The names of a pod's volumes, with those that a StatefulSet makes a claim for.
fn declared(object: &Object<'_>, spec: &Part<'_>) -> Vec<String> {
    let volumes = spec.list("volumes");
    let volumes = volumes.iter().filter_map(|volume| volume.text("name"));
    let mut names: Vec<String> = volumes.map(str::to_owned).collect();
    if object.is("apps", &["StatefulSet"])
        && let Some(spec) = object.part("spec")
    {
        let claims = spec.list("volumeClaimTemplates").into_iter();
        let named =
            claims.filter_map(|claim| claim.field("metadata")?.text("name").map(str::to_owned));
        names.extend(named);
    }
    names
}
