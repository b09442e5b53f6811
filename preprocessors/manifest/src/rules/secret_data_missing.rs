//! `secret-data-missing`: the type of a Secret says which keys it has.
//!
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>, `ValidateSecret`.
//! A type that nobody knows is free to have any.

use super::{Object, error};
use crate::yaml::Node;
use crate::{Finding, Rule};
use std::ops::Range;

pub(super) static RULE: Rule = error("secret-data-missing");

const ACCOUNT: &str = "kubernetes.io/service-account.name";

/// The keys that a type must have, all of them.
const KEYS: &[(&str, &[&str])] = &[
    ("kubernetes.io/tls", &["tls.crt", "tls.key"]),
    ("kubernetes.io/dockerconfigjson", &[".dockerconfigjson"]),
    ("kubernetes.io/dockercfg", &[".dockercfg"]),
    ("kubernetes.io/ssh-auth", &["ssh-privatekey"]),
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is("", &["Secret"]) {
        return;
    }
    let Some(type_) = object.at("type") else {
        return;
    };
    match type_.as_str() {
        Some("kubernetes.io/service-account-token") => findings.extend(account(object, type_)),
        Some("kubernetes.io/basic-auth") => findings.extend(login(object, type_)),
        Some(name) => {
            let keys = KEYS.iter().find(|(known, _)| *known == name);
            for key in keys.map_or(&[][..], |(_, keys)| keys) {
                if !has(object, key, name == "kubernetes.io/ssh-auth") {
                    findings.push(missing(object, type_, key).advising("key"));
                }
            }
        }
        None => {}
    }
}

/// Either of user name and password is enough.
fn login(object: &Object<'_>, type_: &Node<'_>) -> Option<Finding> {
    let some = has(object, "username", false) || has(object, "password", false);
    (!some).then(|| missing(object, type_, "username").advising("login"))
}

fn account(object: &Object<'_>, type_: &Node<'_>) -> Option<Finding> {
    let annotations = object.entry("metadata.annotations");
    let written = annotations.and_then(|entry| entry.value.entry(ACCOUNT));
    if written.is_some_and(|entry| !entry.value.is_null() && entry.value.as_str() != Some("")) {
        return None;
    }
    let place = written.or(annotations).or(object.entry("metadata"))?;
    let path = format!("metadata.annotations[{ACCOUNT}]");
    let finding = object.finding_at(&RULE, place.key_span.clone(), &path);
    let finding = finding.with("key", ACCOUNT).advising("account");
    Some(finding.also(type_.span.clone(), "type"))
}

fn missing(object: &Object<'_>, type_: &Node<'_>, key: &str) -> Finding {
    let finding = object.finding_at(&RULE, place(object, type_, key), &format!("data[{key}]"));
    let finding = finding.with("key", key);
    finding.also(type_.span.clone(), "type")
}

/// The key if it is there without a value, else the map that lacks it, else the type that asks for it.
fn place(object: &Object<'_>, type_: &Node<'_>, key: &str) -> Range<usize> {
    let fields = ["stringData", "data"].map(|field| object.entry(field));
    let mut fields = fields.into_iter().flatten();
    let written = fields.clone().find_map(|field| field.value.entry(key));
    written
        .or_else(|| fields.next())
        .map_or_else(|| type_.span.clone(), |entry| entry.key_span.clone())
}

/// Whether the key is there; of a key for SSH, with a value.
fn has(object: &Object<'_>, key: &str, value: bool) -> bool {
    let fields = ["stringData", "data"].map(|field| object.at(field));
    let found = fields.into_iter().flatten().find_map(|data| data.get(key));
    found.is_some_and(|node| !value || (!node.is_null() && node.as_str() != Some("")))
}
