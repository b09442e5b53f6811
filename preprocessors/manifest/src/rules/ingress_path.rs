//! `ingress-path`: a path of an Ingress is absolute, and has nothing in it that leads back.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go>,
//! `validateHTTPIngressPath`.

use super::names::quoted;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("ingress-path");

const WITHIN: &[&str] = &["//", "/./", "/../", "%2f", "%2F"];
const AT_THE_END: &[&str] = &["/..", "/."];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for rule in object.parts("HTTPIngressPath") {
        let strict = ["Exact", "Prefix"].contains(&rule.text("pathType").unwrap_or_default());
        let path = rule.field("path");
        let written = path
            .as_ref()
            .and_then(|path| path.node.as_str())
            .unwrap_or_default();
        let at = format!("{}.path", rule.path);
        let span = path
            .as_ref()
            .map_or_else(|| object.lacking(&rule), |path| path.node.span.clone());
        let finding = object
            .finding_at(&RULE, span, &at)
            .with("value", quoted(written));
        match strict {
            _ if written.is_empty() && !strict => {}
            _ if !written.starts_with('/') => {
                let advice = if written.is_empty() {
                    "empty"
                } else {
                    "absolute"
                };
                findings.push(
                    finding
                        .saying("absolute")
                        .advising(advice)
                        .with("path", written),
                );
            }
            true => findings.extend(part(written).map(|(variant, part)| {
                finding.saying(variant).advising("plain").with("part", part)
            })),
            false => {}
        }
    }
}

/// What may not be part of a path, and which words say it.
fn part(path: &str) -> Option<(&'static str, &'static str)> {
    let within = WITHIN.iter().find(|part| path.contains(**part));
    let end = AT_THE_END.iter().find(|part| path.ends_with(**part));
    within
        .map(|part| ("contains", *part))
        .or(end.map(|part| ("ends", *part)))
}
