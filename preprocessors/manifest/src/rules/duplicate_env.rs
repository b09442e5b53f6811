//! `duplicate-env`: of two variables with the same name the last counts, and the first may get lost.

use super::{Object, Part, warning};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = warning("duplicate-env");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        let mut seen: Vec<Part<'_>> = Vec::new();
        for variable in container.part.list("env") {
            let Some(name) = variable.field("name") else {
                continue;
            };
            let Some(text) = name.node.as_str().filter(|text| !text.is_empty()) else {
                continue;
            };
            match seen.iter().find(|other| other.node.as_str() == Some(text)) {
                // To use the first in the value of the second is a custom, of which the server says nothing either.
                Some(_) if uses(&variable, text) => {}
                Some(first) => findings.push(
                    object
                        .finding(&RULE, name.node, &variable.path)
                        .with("value", text)
                        .also(first.node.span.clone(), "first"),
                ),
                None => seen.push(name),
            }
        }
    }
}

fn uses(variable: &Part<'_>, name: &str) -> bool {
    let reference = format!("$({name})");
    variable
        .text("value")
        .is_some_and(|value| value.contains(&reference))
}
