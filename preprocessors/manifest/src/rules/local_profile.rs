//! `local-profile`: the file of a seccomp or AppArmor profile is named where one of the node is used, and only there.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("local-profile");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let containers = pod.containers().into_iter().map(|container| container.part);
        for context in containers
            .chain([pod.spec.clone()])
            .filter_map(|part| part.field("securityContext"))
        {
            profile(object, &context, "seccompProfile", "seccomp", findings);
            profile(object, &context, "appArmorProfile", "AppArmor", findings);
        }
    }
}

fn profile(
    object: &Object<'_>,
    context: &Part<'_>,
    field: &str,
    title: &'static str,
    findings: &mut Vec<Finding>,
) {
    let Some(profile) = context.field(field) else {
        return;
    };
    let path = format!("{}.localhostProfile", profile.path);
    let local = profile.text("type") == Some("Localhost");
    let file = profile.text("localhostProfile").unwrap_or_default();
    // An empty name of a file counts as one that is written, though not as a right one: say nothing of it.
    let finding = match (local, profile.has("localhostProfile")) {
        (true, false) => object
            .finding_at(&RULE, context.key(field), &path)
            .saying("missing")
            .advising("missing"),
        (false, true) if profile.has("type") => object
            .finding_at(&RULE, profile.key("localhostProfile"), &path)
            .saying("needless")
            .advising("needless"),
        _ => return,
    };
    findings.push(finding.with("title", title).with("value", file));
}
