//! `init-container`: a container that runs before the others and ends has no probes and no hooks.

use super::{Object, Role, error, probe_handler};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("init-container");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        if container.role != Role::Init || probe_handler::may_have_probes(&container) {
            continue;
        }
        for name in probe_handler::PROBES.iter().chain(&["lifecycle"]) {
            if let Some(field) = container.part.field(name) {
                let span = container.part.key(name);
                findings.push(
                    object
                        .finding_at(&RULE, span, &field.path)
                        .with("name", *name),
                );
            }
        }
    }
}
