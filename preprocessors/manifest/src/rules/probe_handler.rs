//! `probe-handler`: a probe and a hook say how they ask: in one way, and in one only.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>, `validateHandler`.

use super::{Container, Object, Part, Role, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("probe-handler");

pub(super) const PROBES: &[&str] = &["livenessProbe", "readinessProbe", "startupProbe"];
const HOOKS: &[&str] = &["postStart", "preStop"];
/// In the order in which the server looks at them.
const HANDLERS: &[&str] = &["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        for (above, handler) in handlers(&container) {
            let set: Vec<Part<'_>> = HANDLERS
                .iter()
                .filter_map(|name| handler.field(name))
                .collect();
            let (name, probe) = match handler.path.rsplit_once('.') {
                Some((_, name)) => (name, PROBES.contains(&name)),
                None => continue,
            };
            match set.as_slice() {
                [] => findings.push(
                    object
                        .finding_at(&RULE, above.key(name), &handler.path)
                        .saying("none")
                        .advising(if probe { "probe" } else { "hook" }),
                ),
                [_] => {}
                [first, others @ ..] => findings.extend(others.iter().map(|other| {
                    let key = |part: &Part<'_>| handler.key(last(&part.path));
                    object
                        .finding_at(&RULE, key(other), &other.path)
                        .saying("several")
                        .advising("several")
                        .also(key(first), "first")
                })),
            }
        }
    }
}

/// The probes and hooks of a container that may have them, each with the map in which it stands.
pub(super) fn handlers<'o>(container: &Container<'o>) -> Vec<(Part<'o>, Part<'o>)> {
    if !may_have_probes(container) {
        return Vec::new();
    }
    let within = |part: Part<'o>, names: &[&str]| -> Vec<(Part<'o>, Part<'o>)> {
        let found = names.iter().filter_map(|name| part.field(name));
        found.map(|handler| (part.clone(), handler)).collect()
    };
    let mut handlers = within(container.part.clone(), PROBES);
    if let Some(lifecycle) = container.part.field("lifecycle") {
        handlers.extend(within(lifecycle, HOOKS));
    }
    handlers
}

/// An init container that ends cannot be asked how it is.
pub(super) fn may_have_probes(container: &Container<'_>) -> bool {
    match container.role {
        Role::Main => true,
        Role::Init => container.part.text("restartPolicy") == Some("Always"),
        Role::Ephemeral => false,
    }
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or_default()
}
