//! `probe-header`: what a header of HTTP may be called.

use super::{Object, error, probe_handler};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("probe-header");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        for (_, handler) in probe_handler::handlers(&container) {
            let Some(request) = handler.field("httpGet") else {
                continue;
            };
            for header in request.list("httpHeaders") {
                let Some(name) = header.field("name") else {
                    continue;
                };
                let Some(text) = name.node.as_str() else {
                    continue;
                };
                let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
                if text.is_empty() || !text.bytes().all(fits) {
                    // The server names the list as a whole.
                    let path = format!("{}.httpHeaders", request.path);
                    findings.push(object.finding(&RULE, name.node, &path).with("value", text));
                }
            }
        }
    }
}
