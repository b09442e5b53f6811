//! `projected-path`: two sources of a projected volume cannot make the same file.

use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("projected-path");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let volumes = pod.spec.list("volumes");
        for projected in volumes
            .iter()
            .filter_map(|volume| volume.field("projected"))
        {
            let mut seen: Vec<Part<'_>> = Vec::new();
            for (name, path) in projected.list("sources").iter().flat_map(files) {
                let Some(text) = path.node.as_str() else {
                    continue;
                };
                match seen.iter().find(|other| other.node.as_str() == Some(text)) {
                    Some(first) => findings.push(
                        object
                            .finding(&RULE, path.node, &projected.path)
                            .with("value", name)
                            .also(first.node.span.clone(), "first"),
                    ),
                    None => seen.push(path),
                }
            }
        }
    }
}

/// The files that a source names, with the name of the source.
fn files<'o>(source: &Part<'o>) -> Vec<(&'o str, Part<'o>)> {
    let kinds = ["secret", "configMap", "downwardAPI"];
    let of = |kind: &&str| {
        let kind = source.field(kind)?;
        let name = kind.text("name").unwrap_or_default();
        let items = kind.list("items").into_iter();
        Some(items.filter_map(move |item| Some((name, item.field("path")?))))
    };
    kinds.iter().filter_map(of).flatten().collect()
}
