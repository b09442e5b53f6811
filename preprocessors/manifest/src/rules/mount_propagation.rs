//! `mount-propagation`: only a privileged container may pass its mounts back to the node.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("mount-propagation");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        let context = container.part.field("securityContext");
        if context.is_some_and(|context| context.is_true("privileged")) {
            continue;
        }
        for mount in container.part.list("volumeMounts") {
            let Some(value) = mount.field("mountPropagation") else {
                continue;
            };
            if value.node.as_str() == Some("Bidirectional") {
                // The server leaves the index out.
                let path = format!("{}.volumeMounts.mountPropagation", container.part.path);
                findings.push(object.finding(&RULE, value.node, &path));
            }
        }
    }
}
