//! `invalid-name` within a pod: the names of its containers and volumes, and those that it gives or takes.

use super::invalid_name::RULE;
use super::{Object, Part, syntax};
use crate::Finding;

const LABELS: &[&str] = &["hostname", "subdomain"];
const SUBDOMAINS: &[&str] = &[
    "nodeName",
    "serviceAccountName",
    "priorityClassName",
    "runtimeClassName",
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let containers = pod.containers().into_iter().map(|container| container.part);
        for item in containers.chain(pod.spec.list("volumes")) {
            named(object, item.field("name"), syntax::label, findings);
        }
        for alias in pod.spec.list("hostAliases") {
            for host in alias.list("hostnames") {
                named(object, Some(host), syntax::subdomain, findings);
            }
        }
        for field in LABELS {
            named(object, pod.spec.field(field), syntax::label, findings);
        }
        for field in SUBDOMAINS {
            named(object, pod.spec.field(field), syntax::subdomain, findings);
        }
        // Of a Pod the server looks for the class before it looks at its name.
        if pod.bare
            && let Some(class) = pod.spec.field("runtimeClassName")
            && class.node.as_str() == Some("")
        {
            findings.push(
                object
                    .finding(&RULE, class.node, &class.path)
                    .saying("empty")
                    .advising("letters"),
            );
        }
    }
}

fn named(
    object: &Object<'_>,
    name: Option<Part<'_>>,
    fault: fn(&str) -> Option<&'static str>,
    findings: &mut Vec<Finding>,
) {
    let Some(name) = name else { return };
    let Some(text) = name.node.as_str().filter(|text| !text.is_empty()) else {
        return;
    };
    let Some(variant) = fault(text) else { return };
    let finding = object
        .finding(&RULE, name.node, &name.path)
        .saying(variant)
        .with("value", text);
    let meant = text.to_lowercase().replace(['_', ' '], "-");
    findings.push(match meant != text && fault(&meant).is_none() {
        true => finding.with("meant", meant).advising("meant"),
        false => finding.advising("letters"),
    });
}
