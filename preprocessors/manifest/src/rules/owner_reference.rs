//! `owner-reference`: an owner is named in full, and only one of them manages the object.
//!
//! <https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validation/objectmeta.go>, `validateOwnerReference`.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("owner-reference");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(metadata) = object.part("metadata").filter(|_| object.kind.named) else {
        return;
    };
    let owners = metadata.list("ownerReferences");
    for owner in &owners {
        // Fields that are not there at all are missing fields already.
        for name in ["apiVersion", "kind", "name", "uid"] {
            if let Some(field) = owner
                .field(name)
                .filter(|field| field.node.as_str() == Some(""))
            {
                let finding = object.finding(&RULE, field.node, &field.path);
                findings.push(finding.saying("empty").advising("full"));
            }
        }
        if let Some(field) = owner.field("apiVersion")
            && let Some(text) = field
                .node
                .as_str()
                .filter(|text| text.matches('/').count() > 1)
        {
            let finding = object.finding(&RULE, field.node, &field.path);
            findings.push(
                finding
                    .saying("version")
                    .with("value", text)
                    .advising("full"),
            );
        }
    }
    findings.extend(two(object, &owners));
}

fn two(object: &Object<'_>, owners: &[Part<'_>]) -> Option<Finding> {
    let mut managers = owners.iter().filter(|owner| owner.is_true("controller"));
    let (first, second) = (managers.next()?, managers.next()?);
    let named = |owner: &Part<'_>| {
        let text = |name| owner.text(name).unwrap_or_default();
        format!("{}/{}", text("kind"), text("name"))
    };
    let finding = object.finding_at(&RULE, second.key("controller"), "metadata.ownerReferences");
    let finding = finding
        .saying("two")
        .with("first", named(first))
        .with("second", named(second));
    Some(
        finding
            .also(first.key("controller"), "first")
            .advising("two"),
    )
}
