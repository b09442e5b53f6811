//! A map on its way: each key once, the last one counting, and what `<<` merges into it.
//!
//! Knows entries; events are [`super::tree`]'s business.

use super::tree::Key;
use super::{DUPLICATE_KEY, Entry, Node, Value, YAML_VALUE};
use crate::Finding;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// A map of more keys than this is indexed.
const FEW: usize = 16;

#[derive(Default)]
pub(super) struct Map<'s> {
    pub(super) entries: Vec<Entry<'s>>,
    /// For each entry whether it is written in this map: not merged into it.
    written: Vec<bool>,
    /// Where each key is, once there are many.
    index: HashMap<Cow<'s, str>, usize>,
    pub(super) key: Option<Key<'s>>,
}

impl<'s> Map<'s> {
    /// Adds an entry that is written in this map; the last of several with the same key counts.
    pub(super) fn write(&mut self, entry: Entry<'s>) -> Option<Finding> {
        let Some(at) = self.find(&entry.key) else {
            self.push(entry, true);
            return None;
        };
        let finding = self.written[at].then(|| {
            Finding::new(&DUPLICATE_KEY, entry.key_span.clone())
                .with("key", entry.key.clone())
                .also(self.entries[at].key_span.clone(), "first")
        });
        self.entries[at] = entry;
        self.written[at] = true;
        finding
    }

    /// Takes over the entries of the value of a `<<`: a map, or a list of maps of which the first counts most.
    pub(super) fn merge(&mut self, node: Node<'s>) -> Option<Finding> {
        let maps = match node.value {
            Value::Map(entries) => vec![entries],
            Value::List(items) => {
                let maps = items.into_iter().rev().map(|item| match item.value {
                    Value::Map(entries) => Some(entries),
                    _ => None,
                });
                match maps.collect() {
                    Some(maps) => maps,
                    None => return Some(no_merge(node.span)),
                }
            }
            _ => return Some(no_merge(node.span)),
        };
        for entry in maps.into_iter().flatten() {
            match self.find(&entry.key) {
                Some(at) => {
                    self.entries[at] = entry;
                    self.written[at] = false;
                }
                None => self.push(entry, false),
            }
        }
        None
    }

    fn push(&mut self, entry: Entry<'s>, written: bool) {
        if self.entries.len() >= FEW {
            if self.index.is_empty() {
                self.index.extend(
                    self.entries
                        .iter()
                        .enumerate()
                        .map(|(at, entry)| (entry.key.clone(), at)),
                );
            }
            self.index.insert(entry.key.clone(), self.entries.len());
        }
        self.entries.push(entry);
        self.written.push(written);
    }

    fn find(&self, key: &str) -> Option<usize> {
        if self.entries.len() > FEW {
            return self.index.get(key).copied();
        }
        self.entries.iter().position(|entry| entry.key == key)
    }
}

pub(super) fn no_merge(span: Range<usize>) -> Finding {
    Finding::new(&YAML_VALUE, span)
        .saying("merge")
        .advising("merge")
}
