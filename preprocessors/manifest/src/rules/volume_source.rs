//! `volume-source`: a PersistentVolume is kept in one place, and says in which.

use super::{Object, error};
use crate::schema::Schema;
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("volume-source");

/// The fields of a PersistentVolume's spec that are no place.
const OTHERS: &[&str] = &[
    "accessModes",
    "capacity",
    "claimRef",
    "mountOptions",
    "nodeAffinity",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "volumeAttributesClassName",
    "volumeMode",
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object
        .part("spec")
        .filter(|_| object.is("", &["PersistentVolume"]))
    else {
        return;
    };
    let schema = Schema::get();
    let fields = schema
        .property(object.kind.definition, "spec")
        .and_then(|spec| schema.inner_definition(spec.of));
    let Some(fields) = fields else { return };
    let places = spec.node.entries().iter().filter(|entry| {
        let known = schema.property(fields, &entry.key).is_some();
        known && !entry.value.is_null() && !OTHERS.contains(&&*entry.key)
    });
    let places: Vec<_> = places.collect();
    match places.as_slice() {
        [] => {
            let finding = object.finding_at(&RULE, object.lacking(&spec), "spec");
            findings.push(finding.saying("none").advising("none"));
        }
        [first, others @ ..] => {
            for other in others {
                let path = format!("spec.{}", other.key);
                let finding = object.finding_at(&RULE, other.key_span.clone(), &path);
                let finding = finding.saying("two").advising("two");
                findings.push(finding.also(first.key_span.clone(), "first"));
            }
        }
    }
}
