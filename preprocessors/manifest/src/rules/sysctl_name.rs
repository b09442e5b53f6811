//! `sysctl-name`: a setting of the kernel is a path of small letters, with dots or slashes: `net.core.somaxconn`.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("sysctl-name");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let Some(context) = pod.spec.field("securityContext") else {
            continue;
        };
        for name in context
            .list("sysctls")
            .iter()
            .filter_map(|setting| setting.field("name"))
        {
            let Some(text) = name.node.as_str().filter(|text| !text.is_empty()) else {
                continue;
            };
            if text.len() > 253 || !text.split(['.', '/']).all(is_step) {
                findings.push(
                    object
                        .finding(&RULE, name.node, &name.path)
                        .with("value", text),
                );
            }
        }
    }
}

fn is_step(step: &str) -> bool {
    let outer = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = step.as_bytes();
    bytes.iter().all(|byte| outer(byte) || b"-_".contains(byte))
        && bytes.first().is_some_and(outer)
        && bytes.last().is_some_and(outer)
}
