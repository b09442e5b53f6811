//! `env-name`: what an environment variable may be called: anything that can be printed, but no `=`.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("env-name");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        let variables = container.part.list("env").into_iter();
        let names = variables.filter_map(|variable| variable.field("name"));
        let all = container.part.list("envFrom").into_iter();
        let prefixes = all.filter_map(|source| source.field("prefix"));
        for name in names.chain(prefixes) {
            let Some(text) = name.node.as_str().filter(|text| !text.is_empty()) else {
                continue;
            };
            if text
                .bytes()
                .all(|byte| (b' '..=b'~').contains(&byte) && byte != b'=')
            {
                continue;
            }
            let finding = object.finding(&RULE, name.node, &name.path);
            let finding = finding.with("value", text);
            findings.push(match text.split_once('=') {
                Some((left, right)) => finding
                    .with("left", left)
                    .with("right", right)
                    .advising("equals"),
                None => finding.advising("letters"),
            });
        }
    }
}
