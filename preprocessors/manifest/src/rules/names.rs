//! The forms of names that many rules ask for: names of DNS, keys and values of labels, and values as messages print them.
//!
//! <https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go>. Knows text, no objects.

use crate::yaml::{Node, Value};

/// Whether a text is a label of a domain: `shop-2`, whatever its length.
pub(super) fn is_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(inner) && !text.starts_with('-') && !text.ends_with('-')
}

/// Whether a text is a domain: labels with dots between them, whatever its length.
pub(super) fn is_subdomain(text: &str) -> bool {
    text.split('.').all(is_label)
}

/// What is wrong in the key of a label or annotation, as the variant of a message.
pub(super) fn key_fault(key: &str) -> Option<&'static str> {
    let (prefix, name) = match key.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    match (prefix, name) {
        (Some(_), name) if name.contains('/') => Some("slashes"),
        (Some(""), _) => Some("prefix-empty"),
        (Some(prefix), _) if prefix.len() > 253 => Some("prefix-long"),
        (Some(prefix), _) if !is_subdomain(prefix) => Some("prefix"),
        (_, "") => Some("name-empty"),
        (_, name) if name.len() > 63 => Some("name-long"),
        (_, name) if !is_word(name) => Some("name"),
        _ => None,
    }
}

/// What is wrong in the value of a label, as the variant of a message.
pub(super) fn value_fault(value: &str) -> Option<&'static str> {
    match value {
        "" => None,
        value if value.len() > 63 => Some("value-long"),
        value if !is_word(value) => Some("value"),
        _ => None,
    }
}

/// Letters, digits, `-`, `_` and `.`, the first and the last a letter or digit.
fn is_word(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let outer = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    text.bytes().all(inner) && outer(bytes.first()) && outer(bytes.last())
}

/// The same words with hyphens for what does not fit, if that is all it takes.
pub(super) fn meant_word(text: &str) -> Option<String> {
    let meant: String = text
        .trim_matches(|character: char| !character.is_ascii_alphanumeric())
        .chars()
        .map(|character| match character {
            ' ' | ':' | '/' | '@' | '+' => '-',
            other => other,
        })
        .collect();
    (meant != text && meant.len() <= 63 && is_word(&meant)).then_some(meant)
}

/// A value as the API server prints it: JSON, the keys of a map in order.
pub(super) fn json(node: &Node<'_>) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::String(text) => quoted(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(json).collect();
            format!("[{}]", items.join(","))
        }
        Value::Map(entries) => {
            let pair = |(key, value): (&str, &Node<'_>)| format!("{}:{}", quoted(key), json(value));
            let entries = entries.iter().map(|entry| (&*entry.key, &entry.value));
            let mut entries: Vec<(&str, &Node<'_>)> = entries.collect();
            entries.sort_by_key(|(key, _)| *key);
            let pairs: Vec<String> = entries.into_iter().map(pair).collect();
            format!("{{{}}}", pairs.join(","))
        }
    }
}

/// A text within double quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("{text:?}")
}
