//! `sub-path`: a subPath leads down into the volume, and is written once.

use super::{Object, error, syntax};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("sub-path");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        for mount in container.part.list("volumeMounts") {
            for field in ["subPath", "subPathExpr"] {
                let Some(text) = mount.text(field) else {
                    continue;
                };
                let Some(variant) = syntax::descending_path(text).filter(|fault| *fault != "dots")
                else {
                    continue;
                };
                let Some(value) = mount.node.get(field) else {
                    continue;
                };
                // The server leaves the index out.
                let path = format!("{}.volumeMounts.{field}", container.part.path);
                let finding = object.finding(&RULE, value, &path).saying(variant);
                findings.push(finding.with("value", text).advising("down"));
            }
            let set = |field| mount.text(field).filter(|text| !text.is_empty());
            if let (Some(_), Some(text)) = (set("subPath"), set("subPathExpr")) {
                let path = format!("{}.subPathExpr", mount.path);
                let finding = object.finding_at(&RULE, mount.key("subPathExpr"), &path);
                findings.push(
                    finding
                        .saying("both")
                        .with("value", text)
                        .advising("both")
                        .also(mount.key("subPath"), "other"),
                );
            }
        }
    }
}
