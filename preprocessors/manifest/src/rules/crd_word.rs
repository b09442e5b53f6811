//! `crd-word`: names of resources and versions become parts of addresses.
//!
//! <https://github.com/kubernetes/apiextensions-apiserver/blob/master/pkg/apis/apiextensions/validation/validation.go>.

use super::crd_name::is_definition;
use super::names::is_label;
use super::{Object, Part, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("crd-word");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object.part("spec").filter(|_| is_definition(object)) else {
        return;
    };
    let mut words = Vec::new();
    if let Some(names) = spec.field("names") {
        words.extend(
            ["plural", "singular"]
                .iter()
                .filter_map(|name| names.field(name)),
        );
        words.extend(names.list("shortNames"));
        words.extend(names.list("categories"));
    }
    findings.extend(kind(object, &spec));
    let versions = spec.list("versions");
    words.extend(versions.iter().filter_map(|version| version.field("name")));
    for word in words {
        let Some(text) = word.node.as_str().filter(|text| !text.is_empty()) else {
            continue;
        };
        if !is_label(text) || text.starts_with(|first: char| first.is_ascii_digit()) {
            let finding = object
                .finding(&RULE, word.node, &word.path)
                .with("value", text)
                .saying("word");
            let meant = text.to_lowercase().replace(['_', ' '], "-");
            findings.push(match is_label(&meant) && meant != text {
                true => finding.with("meant", meant).advising("meant"),
                false => finding.advising("letters"),
            });
        }
    }
}

/// A kind has capitals, but is a word otherwise; the list of its objects has a name of its own.
fn kind(object: &Object<'_>, spec: &Part<'_>) -> Option<Finding> {
    let names = spec.field("names")?;
    let kind = names.field("kind")?;
    let text = kind.node.as_str().filter(|text| !text.is_empty())?;
    let small = text.to_lowercase();
    if !is_label(&small) || small.starts_with(|first: char| first.is_ascii_digit()) {
        let finding = object.finding(&RULE, kind.node, &kind.path).saying("kind");
        return Some(finding.with("value", text).advising("kind"));
    }
    let list = names.field("listKind")?;
    (list.node.as_str() == Some(text)).then(|| {
        let finding = object.finding(&RULE, list.node, &list.path);
        let finding = finding.saying("list-kind").with("value", text);
        finding.advising("list-kind")
    })
}
