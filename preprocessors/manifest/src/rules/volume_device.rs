//! `volume-device`: only a claim can be given to a container as a raw device.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("volume-device");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let volumes = pod.spec.list("volumes");
        for container in pod.containers() {
            for name in container
                .part
                .list("volumeDevices")
                .iter()
                .filter_map(|device| device.field("name"))
            {
                let Some(text) = name.node.as_str() else {
                    continue;
                };
                let Some(volume) = volumes
                    .iter()
                    .find(|volume| volume.text("name") == Some(text))
                else {
                    continue;
                };
                if !volume.has("persistentVolumeClaim") && !volume.has("ephemeral") {
                    let finding = object.finding(&RULE, name.node, &name.path);
                    findings.push(finding.with("value", text).also(volume.head(), "volume"));
                }
            }
        }
    }
}
