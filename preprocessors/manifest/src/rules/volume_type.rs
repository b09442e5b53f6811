//! `volume-type`: a volume is of one type, and so is each source of a projected one.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("volume-type");

/// In the order in which the server looks at them.
const TYPES: &[&str] = &[
    "emptyDir",
    "hostPath",
    "gitRepo",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "secret",
    "nfs",
    "iscsi",
    "glusterfs",
    "persistentVolumeClaim",
    "rbd",
    "cinder",
    "cephfs",
    "flocker",
    "downwardAPI",
    "fc",
    "azureFile",
    "configMap",
    "flexVolume",
    "vsphereVolume",
    "quobyte",
    "azureDisk",
    "portworxVolume",
    "scaleIO",
    "projected",
    "csi",
    "ephemeral",
    "image",
];
const SOURCES: &[&str] = &[
    "secret",
    "configMap",
    "downwardAPI",
    "serviceAccountToken",
    "clusterTrustBundle",
    "podCertificate",
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        for volume in pod.spec.list("volumes") {
            if let [first, second, ..] = set(&volume, TYPES).as_slice() {
                let path = format!("{}.{second}", volume.path);
                let finding = object.finding_at(&RULE, volume.key(second), &path);
                findings.push(
                    finding
                        .saying("volume")
                        .advising("volume")
                        .also(volume.key(first), "first"),
                );
            }
            let projected = volume.field("projected");
            let sources = projected.map_or(Vec::new(), |projected| projected.list("sources"));
            for source in sources {
                if let [first, second, ..] = set(&source, SOURCES).as_slice() {
                    let finding = object.finding_at(&RULE, source.key(second), &source.path);
                    findings.push(
                        finding
                            .saying("source")
                            .advising("source")
                            .also(source.key(first), "first"),
                    );
                }
            }
        }
    }
}

fn set<'n>(part: &Part<'_>, names: &[&'n str]) -> Vec<&'n str> {
    names
        .iter()
        .copied()
        .filter(|name| part.has(name))
        .collect()
}
