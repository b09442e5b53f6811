//! `volume-path`: files within a volume lie below it, and the path of a host has no `..` in it.

use super::{Object, Part, error, syntax};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("volume-path");

const WITH_ITEMS: &[&str] = &["configMap", "secret", "downwardAPI"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if object.is("", &["PersistentVolume"]) {
        for path in ["spec.hostPath.path", "spec.local.path"] {
            if let Some(path) = object.part(path)
                && path.node.as_str().is_some_and(syntax::goes_up)
            {
                blame(object, &path, "up", findings);
            }
        }
    }
    for pod in object.pods() {
        for volume in pod.spec.list("volumes") {
            if let Some(host) = volume.field("hostPath")
                && let Some(path) = host.field("path")
                && path.node.as_str().is_some_and(syntax::goes_up)
            {
                blame(object, &path, "up", findings);
            }
            if let Some(share) = volume.field("nfs")
                && let Some(path) = share.field("path")
                && let Some(text) = path.node.as_str()
                && !text.is_empty()
                && !text.starts_with('/')
            {
                blame(object, &path, "relative", findings);
            }
            let projected = volume.field("projected");
            let sources = projected.map_or(Vec::new(), |projected| projected.list("sources"));
            for source in sources.iter().chain([&volume]) {
                if let Some(token) = source.field("serviceAccountToken")
                    && let Some(path) = token.field("path")
                    && let Some(variant) = path.node.as_str().and_then(syntax::descending_path)
                {
                    // The server names neither the source nor the token.
                    let short = format!("{}.projected.path", volume.path);
                    blame(
                        object,
                        &Part {
                            path: short,
                            ..path
                        },
                        variant,
                        findings,
                    );
                }
                for path in paths(source) {
                    let text = path.node.as_str().unwrap_or_default();
                    if let Some(variant) = syntax::descending_path(text) {
                        blame(object, &path, variant, findings);
                    }
                }
            }
        }
    }
}

fn paths<'o>(source: &Part<'o>) -> Vec<Part<'o>> {
    let sources = WITH_ITEMS.iter().filter_map(|field| source.field(field));
    let items = sources.flat_map(|source| source.list("items"));
    items.filter_map(|item| item.field("path")).collect()
}

fn blame(object: &Object<'_>, path: &Part<'_>, variant: &'static str, findings: &mut Vec<Finding>) {
    let value = path.node.as_str().unwrap_or_default();
    let finding = object.finding(&RULE, path.node, &path.path);
    let advice = if variant == "relative" {
        "absolute"
    } else {
        "name"
    };
    findings.push(
        finding
            .saying(variant)
            .advising(advice)
            .with("value", value),
    );
}
