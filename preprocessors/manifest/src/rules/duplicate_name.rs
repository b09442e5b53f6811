//! `duplicate-name`: two containers, volumes or ports of a pod with the same name.

use super::{Object, Part, Role, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("duplicate-name");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let containers = pod.containers();
        // The server looks at the init containers last.
        let of = |init: bool| {
            let some = containers
                .iter()
                .filter(move |container| (container.role == Role::Init) == init);
            some.map(|container| container.part.clone())
        };
        let names = of(false).chain(of(true)).collect();
        once(object, names, "container", findings);
        once(object, pod.spec.list("volumes"), "volume", findings);
        whole(object, pod.spec.list("schedulingGates"), "name", findings);
        for container in &containers {
            once(object, container.part.list("ports"), "port", findings);
            let resources = container.part.field("resources");
            let claims = resources.map_or(Vec::new(), |resources| resources.list("claims"));
            whole(object, claims, "name", findings);
            whole(
                object,
                container.part.list("resizePolicy"),
                "resourceName",
                findings,
            );
        }
    }
}

/// Says of every item whose name an item before it has that it is the second.
fn once(
    object: &Object<'_>,
    items: Vec<Part<'_>>,
    advice: &'static str,
    findings: &mut Vec<Finding>,
) {
    let mut seen: Vec<Part<'_>> = Vec::new();
    for name in items.iter().filter_map(|item| item.field("name")) {
        let Some(text) = name.node.as_str().filter(|text| !text.is_empty()) else {
            continue;
        };
        match seen.iter().find(|other| other.node.as_str() == Some(text)) {
            Some(first) => findings.push(
                object
                    .finding(&RULE, name.node, &name.path)
                    .with("value", text)
                    .advising(advice)
                    .also(first.node.span.clone(), "first"),
            ),
            None => seen.push(name),
        }
    }
}

/// The same where the server names the item, not its name.
fn whole(object: &Object<'_>, items: Vec<Part<'_>>, field: &str, findings: &mut Vec<Finding>) {
    let mut seen: Vec<Part<'_>> = Vec::new();
    for item in items {
        let Some(text) = item.text(field).filter(|text| !text.is_empty()) else {
            continue;
        };
        match seen.iter().find(|other| other.text(field) == Some(text)) {
            Some(first) => findings.push(
                object
                    .finding_at(&RULE, item.head(), &item.path)
                    .with("value", text)
                    .advising("item")
                    .also(first.head(), "first"),
            ),
            None => seen.push(item),
        }
    }
}
