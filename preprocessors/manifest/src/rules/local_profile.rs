//! `local-profile`: the file of a seccomp or AppArmor profile is named where one of the node is used, and only there.

use super::names::quoted;
use super::{Object, Part, error, syntax};
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
    let kind = profile.text("type").unwrap_or_default();
    let file = profile.text("localhostProfile").unwrap_or_default();
    let key = || profile.key("localhostProfile");
    // An empty name of a file counts as one that is written, though not as a right one: say nothing of it.
    let (span, variant, value) = match (kind, profile.has("localhostProfile")) {
        ("Localhost", false) => (context.key(field), "missing", String::new()),
        ("Localhost", true) if field == "seccompProfile" => match syntax::descending_path(file) {
            Some(fault @ ("absolute" | "up")) => (key(), fault, quoted(file)),
            _ => return,
        },
        ("" | "Localhost", _) | (_, false) => return,
        (_, true) => {
            let file = quoted(file);
            // Of a seccomp profile the server prints the whole.
            let value = match field {
                "seccompProfile" => {
                    let kind = quoted(kind);
                    format!("{{\"Type\":{kind},\"LocalhostProfile\":{file}}}")
                }
                _ => file,
            };
            (key(), "needless", value)
        }
    };
    let finding = object
        .finding_at(&RULE, span, &path)
        .saying(variant)
        .advising(variant);
    findings.push(finding.with("title", title).with("value", value));
}
