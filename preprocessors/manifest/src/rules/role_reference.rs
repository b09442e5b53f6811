//! `role-reference`: a binding names a role and its subjects by kinds and groups that exist.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/validation/validation.go>, `ValidateRoleBinding`.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("role-reference");

const GROUP: &str = "rbac.authorization.k8s.io";

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is(GROUP, &["RoleBinding", "ClusterRoleBinding"]) {
        return;
    }
    if let Some(role) = object.part("roleRef") {
        unless(
            object,
            role.field("apiGroup"),
            &["", GROUP],
            "group",
            findings,
        );
        match object.kind.kind {
            "RoleBinding" => unless(
                object,
                role.field("kind"),
                &["Role", "ClusterRole"],
                "kind",
                findings,
            ),
            _ => unless(
                object,
                role.field("kind"),
                &["ClusterRole"],
                "cluster",
                findings,
            ),
        }
    }
    for subject in object.parts("Subject") {
        let group = subject.field("apiGroup");
        match subject.text("kind") {
            Some("User" | "Group") => unless(object, group, &["", GROUP], "group", findings),
            Some("ServiceAccount") => unless(object, group, &[""], "core", findings),
            _ => {}
        }
    }
}

fn unless(
    object: &Object<'_>,
    part: Option<Part<'_>>,
    known: &[&str],
    variant: &'static str,
    findings: &mut Vec<Finding>,
) {
    if let Some(part) = part
        && let Some(value) = part.node.as_str().filter(|value| !known.contains(value))
    {
        let finding = object.finding(&RULE, part.node, &part.path);
        findings.push(
            finding
                .saying(variant)
                .advising(variant)
                .with("value", value),
        );
    }
}
