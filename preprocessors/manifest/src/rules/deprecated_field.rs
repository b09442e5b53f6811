//! `deprecated-field`: a field, a label or an annotation that has had its day.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/api/pod/warnings.go>

use super::{Object, Pod, warning};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = warning("deprecated-field");

/// The type of a volume, and what the server says of it.
const VOLUMES: &[(&str, &str)] = &[
    (
        "gitRepo",
        "deprecated in v1.11, and disabled by default in v1.33+",
    ),
    ("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
    ("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
    ("flocker", "deprecated in v1.22, non-functional in v1.25+"),
    ("storageOS", "deprecated in v1.22, non-functional in v1.25+"),
    ("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
    ("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
    ("rbd", "deprecated in v1.28, non-functional in v1.31+"),
];
/// The label of a node, since when it is deprecated, and what took its place.
const LABELS: &[(&str, &str, &str)] = &[
    ("beta.kubernetes.io/arch", "v1.14", "kubernetes.io/arch"),
    ("beta.kubernetes.io/os", "v1.14", "kubernetes.io/os"),
    (
        "failure-domain.beta.kubernetes.io/region",
        "v1.17",
        "topology.kubernetes.io/region",
    ),
    (
        "failure-domain.beta.kubernetes.io/zone",
        "v1.17",
        "topology.kubernetes.io/zone",
    ),
    (
        "beta.kubernetes.io/instance-type",
        "v1.17",
        "node.kubernetes.io/instance-type",
    ),
];
const INGRESS_CLASS: &str = "kubernetes.io/ingress.class";
const STORAGE_CLASS: &str = "volume.beta.kubernetes.io/storage-class";
const SECCOMP: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_OF_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    own(object, findings);
    for pod in object.pods() {
        for volume in pod.spec.list("volumes") {
            for (field, words) in VOLUMES.iter().filter(|(field, _)| volume.has(field)) {
                let path = format!("{}.{field}", volume.path);
                let finding = object.finding_at(&RULE, volume.key(field), &path);
                findings.push(
                    finding
                        .saying("volume")
                        .advising("volume")
                        .with("words", *words),
                );
            }
        }
        labels(object, &pod, findings);
        annotations(object, &pod, findings);
    }
}

/// What of the object itself has had its day.
fn own(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let annotation = |name: &str| {
        let annotations = object.at("metadata.annotations")?;
        annotations.entry(name)
    };
    let mut say = |span, path: &str, variant| {
        let finding = object.finding_at(&RULE, span, path);
        findings.push(finding.saying(variant).advising(variant));
    };
    let ingress = object.is("networking.k8s.io", &["Ingress"]);
    if let Some(class) = annotation(INGRESS_CLASS).filter(|_| ingress)
        && object.at("spec.ingressClassName").is_none()
    {
        let path = format!("metadata.annotations[{INGRESS_CLASS}]");
        say(class.key_span.clone(), &path, "ingress-class");
    }
    let stored = object.is("", &["PersistentVolumeClaim", "PersistentVolume"]);
    if let Some(class) = annotation(STORAGE_CLASS).filter(|_| stored) {
        let path = format!("metadata.annotations[{STORAGE_CLASS}]");
        say(class.key_span.clone(), &path, "storage-class");
    }
    let policy = object.part("spec.persistentVolumeReclaimPolicy");
    let recycled = policy.filter(|policy| policy.node.as_str() == Some("Recycle"));
    if let Some(policy) = recycled.filter(|_| object.is("", &["PersistentVolume"])) {
        say(policy.node.span.clone(), &policy.path, "recycle");
    }
    if let Some(addresses) = object.part("spec.externalIPs")
        && object.is("", &["Service"])
        && !addresses.node.items().is_empty()
    {
        say(object.lacking(&addresses), &addresses.path, "external-ips");
    }
}

fn labels(object: &Object<'_>, pod: &Pod<'_>, findings: &mut Vec<Finding>) {
    let Some(selector) = pod.spec.field("nodeSelector") else {
        return;
    };
    for entry in selector.node.entries() {
        let Some((_, since, meant)) = LABELS.iter().find(|(label, ..)| *label == entry.key) else {
            continue;
        };
        let path = format!("{}[{}]", selector.path, entry.key);
        findings.push(
            object
                .finding_at(&RULE, entry.key_span.clone(), &path)
                .saying("label")
                .advising("label")
                .with("since", *since)
                .with("meant", *meant),
        );
    }
}

fn annotations(object: &Object<'_>, pod: &Pod<'_>, findings: &mut Vec<Finding>) {
    let annotations = pod
        .metadata
        .and_then(|metadata| metadata.get("annotations"));
    for entry in annotations.map_or(&[][..], |annotations| annotations.entries()) {
        if entry.key == SECCOMP || entry.key.starts_with(SECCOMP_OF_CONTAINER) {
            let path = format!("{}.annotations[{}]", pod.metadata_path, entry.key);
            let finding = object.finding_at(&RULE, entry.key_span.clone(), &path);
            findings.push(finding.saying("annotation").advising("annotation"));
        }
    }
}
