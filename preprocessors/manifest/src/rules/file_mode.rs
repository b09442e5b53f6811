//! `file-mode`: the rights of a file in a volume are a number from 0 to 0777, and YAML has its own mind about leading zeros.

use super::object::integer;
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("file-mode");

const SOURCES: &[&str] = &["configMap", "secret", "downwardAPI", "projected"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        for volume in pod.spec.list("volumes") {
            let projected = volume.field("projected");
            let inner = projected.map_or(Vec::new(), |projected| projected.list("sources"));
            for part in inner.iter().chain([&volume]) {
                for source in SOURCES.iter().filter_map(|name| part.field(name)) {
                    within(object, source.field("defaultMode"), findings);
                    for item in source.list("items") {
                        within(object, item.field("mode"), findings);
                    }
                }
            }
        }
    }
}

fn within(object: &Object<'_>, mode: Option<Part<'_>>, findings: &mut Vec<Finding>) {
    let Some(mode) = mode else { return };
    let Some(number) = integer(mode.node) else {
        return;
    };
    if (0..=0o777).contains(&number) || i32::try_from(number).is_err() {
        return;
    }
    let finding = object
        .finding(&RULE, mode.node, &mode.path)
        .with("value", number.to_string());
    let decimal = number.to_string();
    let octal = decimal.len() <= 3 && decimal.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    findings.push(match octal {
        true => finding
            .with("meant", format!("0{decimal}"))
            .advising("octal"),
        false => finding.advising("range"),
    });
}
