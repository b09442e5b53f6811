//! `image-spaces`: a Pod's image with blanks around it.
//!
//! Asked of a Pod alone: in a template the server lets it pass, and the pods made of it are refused.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("image-spaces");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods().iter().filter(|pod| pod.bare) {
        for container in pod.containers() {
            let Some(image) = container.part.field("image") else {
                continue;
            };
            let Some(text) = image.node.as_str() else {
                continue;
            };
            if text.trim() != text && !text.trim().is_empty() {
                let finding = object.finding(&RULE, image.node, &image.path);
                findings.push(finding.with("value", text).with("meant", text.trim()));
            }
        }
    }
}
