//! Reads names, addresses and paths as the API server does, and answers which of its sentences it would say.
//!
//! Knows no place and no finding. <https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go>

use super::names::is_label;

/// One label of a domain: `shop-2`.
pub(super) fn label(text: &str) -> Option<&'static str> {
    match () {
        _ if text.len() > 63 => Some("label-long"),
        _ if text.contains('.') && text.split('.').all(is_label) => Some("label-dots"),
        _ if !is_label(text) => Some("label"),
        _ => None,
    }
}

/// Labels with dots between them: `shop.example`.
pub(super) fn subdomain(text: &str) -> Option<&'static str> {
    match () {
        _ if text.len() > 253 => Some("long"),
        _ if !text.split('.').all(is_label) => Some("subdomain"),
        _ => None,
    }
}

/// The name of a port: at most 15 small letters, digits and hyphens.
pub(super) fn port_name(text: &str) -> Option<&'static str> {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match () {
        _ if text.len() > 15 => Some("long"),
        _ if !text.bytes().all(inner) => Some("characters"),
        _ if !text.bytes().any(|byte| byte.is_ascii_lowercase()) => Some("letter"),
        _ if text.contains("--") => Some("hyphens"),
        _ if text.starts_with('-') || text.ends_with('-') => Some("ends"),
        _ => None,
    }
}

/// Whether a text can name a condition, a gate or a label: `name` or `domain/name`.
pub(super) fn is_qualified_name(text: &str) -> bool {
    let (prefix, name) = match text.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, text),
    };
    prefix.is_none_or(|prefix| subdomain(prefix).is_none())
        && !name.is_empty()
        && is_label_value(name)
}

/// Whether a text can be the value of a label; an empty one can.
pub(super) fn is_label_value(text: &str) -> bool {
    let edge = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_alphanumeric);
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let bytes = text.as_bytes();
    text.len() <= 63 && text.bytes().all(inner) && edge(bytes.first()) && edge(bytes.last())
}

/// What is wrong with a path that must lead downwards.
pub(super) fn descending_path(path: &str) -> Option<&'static str> {
    match () {
        _ if path.starts_with('/') => Some("absolute"),
        _ if goes_up(path) => Some("up"),
        _ if path.starts_with("..") => Some("dots"),
        _ => None,
    }
}

pub(super) fn goes_up(path: &str) -> bool {
    path.split('/').any(|step| step == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_as_the_server_does() {
        assert_eq!(label("web-1"), None);
        assert_eq!(label("web_server"), Some("label"));
        assert_eq!(label("init.db"), Some("label-dots"));
        assert_eq!(subdomain("db_bot"), Some("subdomain"));
        assert_eq!(port_name("http"), None);
        assert_eq!(port_name("8080"), Some("letter"));
        assert_eq!(port_name("web--http"), Some("hyphens"));
        assert_eq!(port_name("http_web"), Some("characters"));
        assert!(is_qualified_name("example.com/My_Gate"));
        assert!(!is_qualified_name("my gate"));
    }
}
