//! `env-source`: a variable has a value or one source, not both, not two, not none.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>, `validateEnvVarValueFrom`.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("env-source");

const SOURCES: &[&str] = &[
    "fieldRef",
    "resourceFieldRef",
    "configMapKeyRef",
    "secretKeyRef",
    "fileKeyRef",
];
const FROM: &[&str] = &["configMapRef", "secretRef"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        for variable in container.part.list("env") {
            let Some(source) = variable.field("valueFrom") else {
                continue;
            };
            let count = count(&source, SOURCES);
            let value = variable.text("value").filter(|value| !value.is_empty());
            let finding = object
                .finding_at(&RULE, variable.key("valueFrom"), &source.path)
                .with("name", variable.text("name").unwrap_or_default());
            match (count, value) {
                (0, _) => findings.push(finding.saying("none").advising("none")),
                (_, Some(_)) => findings.push(
                    finding
                        .saying("value")
                        .advising("value")
                        .also(variable.key("value"), "value"),
                ),
                (2.., None) => findings.push(finding.saying("several").advising("several")),
                (1, None) => {}
            }
        }
        let all = container.part.list("envFrom");
        for source in all.iter().filter(|source| !source.node.is_null()) {
            let path = format!("{}.envFrom", container.part.path);
            let finding = object.finding_at(&RULE, source.head(), &path);
            match count(source, FROM) {
                0 => findings.push(finding.saying("none-of-all").advising("none-of-all")),
                1 => {}
                _ => findings.push(finding.saying("several").advising("several-of-all")),
            }
        }
    }
}

fn count(source: &Part<'_>, fields: &[&str]) -> usize {
    fields.iter().filter(|field| source.has(field)).count()
}
