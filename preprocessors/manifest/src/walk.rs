//! Lays a manifest beside the schema and says where they differ.
//!
//! One walk for all releases: each field knows which of them have it, so that what is wrong in several is found once.
//! As strict as the API server's decoder and not stricter: `null` is as if nothing were written, `80.0` is a whole number,
//! and what someone writes below `status` needs not be complete. Next: [`suggest`] knows what was meant.

mod mismatch;
pub(crate) mod path;
mod suggest;

use crate::rules::{MISSING_FIELD, UNKNOWN_FIELD, UNSUPPORTED_VALUE};
use crate::schema::{DefinitionId, Releases, Schema, Type, TypeId};
use crate::yaml::{Entry, Node, Value};
use crate::{Finding, Rule};
use path::Path;
use std::ops::Range;

/// A walk through one object or one fragment.
pub(crate) struct Walk<'w> {
    pub(crate) schema: &'static Schema,
    pub(crate) source: &'w str,
    /// `Kind/name`, as findings say it.
    pub(crate) object: String,
    /// A key of the outermost map of which something was said already.
    pub(crate) ignored: Option<&'w str>,
    /// A part of an object needs not have all that its outermost map requires.
    pub(crate) partial: bool,
    pub(crate) findings: Vec<Finding>,
}

const WHOLE: &[&str] = &["accessModes", "volumeLifecycleModes"];

/// Where a walk is.
#[derive(Clone, Copy)]
pub(crate) struct Place<'w> {
    pub(crate) path: &'w Path<'w>,
    /// The releases that have all fields on the way here.
    pub(crate) releases: Releases,
    /// The key under which the value stands; within a list, nothing.
    key: Option<&'w Range<usize>>,
    /// Below `status`, which the server writes itself.
    status: bool,
    above: Option<&'w Level<'w>>,
}

/// A map on the way to a place.
struct Level<'w> {
    definition: DefinitionId,
    node: &'w Node<'w>,
    place: Place<'w>,
}

impl<'w> Place<'w> {
    /// Where a walk begins.
    pub(crate) fn start(releases: Releases) -> Place<'static> {
        Place {
            path: &Path::Root,
            releases,
            key: None,
            status: false,
            above: None,
        }
    }
}

impl Walk<'_> {
    /// Checks a value that stands where the schema wants `of`.
    pub(crate) fn value(&mut self, node: &Node<'_>, of: TypeId, place: Place<'_>) {
        if node.is_null() {
            return;
        }
        match (self.schema.of(of), &node.value) {
            (Type::Any, _) | (Type::Object, Value::Map(_)) => {}
            (Type::Definition(definition), Value::Map(_)) => self.fields(node, *definition, place),
            (Type::List(inner), Value::List(items)) => self.items(items, *inner, place),
            (Type::Map(inner), Value::Map(entries)) => self.keys(entries, *inner, place),
            (Type::Choice(choices), Value::String(text)) => self.choice(node, text, choices, place),
            (wanted, _) => mismatch::check(self, node, wanted, place),
        }
    }

    fn items(&mut self, items: &[Node<'_>], inner: TypeId, place: Place<'_>) {
        for (index, item) in items.iter().enumerate() {
            let place = Place {
                path: &Path::Item(place.path, index),
                key: None,
                ..place
            };
            match self.schema.of(inner) {
                // A dash with nothing behind it is an item in which nothing is set.
                Type::Definition(definition) if item.is_null() => {
                    self.fields(item, *definition, place)
                }
                _ => self.value(item, inner, place),
            }
        }
    }

    fn keys(&mut self, entries: &[Entry<'_>], inner: TypeId, place: Place<'_>) {
        for entry in entries {
            let path = Path::Key(place.path, &entry.key);
            self.value(
                &entry.value,
                inner,
                Place {
                    path: &path,
                    key: Some(&entry.key_span),
                    ..place
                },
            );
        }
    }

    /// Checks a map with fields of Kubernetes' own.
    pub(crate) fn fields(&mut self, node: &Node<'_>, definition: DefinitionId, place: Place<'_>) {
        let outermost = place.above.is_none();
        for entry in node.entries() {
            if outermost && self.ignored == Some(&*entry.key) {
                continue;
            }
            let level = Level {
                definition,
                node,
                place,
            };
            self.field(entry, &level);
        }
        let complete = !place.status && (!outermost || !self.partial);
        if complete {
            self.required(node, definition, place);
        }
    }

    fn field(&mut self, entry: &Entry<'_>, level: &Level<'_>) {
        let path = Path::Field(level.place.path, &entry.key);
        let property = self.schema.property(level.definition, &entry.key);
        let having = property
            .map_or(Releases::default(), |property| property.releases)
            .and(level.place.releases);
        let lacking = level.place.releases.without(having);
        if !lacking.is_empty() {
            let finding = Finding::new(&UNKNOWN_FIELD, entry.key_span.clone())
                .with("field", path.to_string());
            let finding = suggest::advise(self.schema, finding, entry, level, property);
            self.add(
                finding,
                Place {
                    path: &path,
                    releases: lacking,
                    ..level.place
                },
            );
        }
        if let Some(property) = property
            && !having.is_empty()
        {
            let status =
                level.place.status || (level.place.above.is_none() && entry.key == "status");
            let place = Place {
                path: &path,
                releases: having,
                key: Some(&entry.key_span),
                status,
                above: Some(level),
            };
            self.value(&entry.value, property.of, place);
        }
    }

    fn required(&mut self, node: &Node<'_>, definition: DefinitionId, place: Place<'_>) {
        for property in self.schema.properties(definition) {
            let releases = property.releases.and(place.releases);
            if !property.required || releases.is_empty() {
                continue;
            }
            let entry = node.entry(property.name);
            if entry.is_some_and(|entry| !entry.value.is_null()) {
                continue;
            }
            let span =
                entry.map_or_else(|| self.lacking(node, place), |entry| entry.key_span.clone());
            let path = Path::Field(place.path, property.name);
            self.missing(
                span,
                &path,
                if entry.is_some() { "null" } else { "add" },
                Place { releases, ..place },
            );
        }
    }

    /// Says that a field must be there.
    pub(crate) fn missing(
        &mut self,
        span: Range<usize>,
        path: &Path<'_>,
        advice: &'static str,
        place: Place<'_>,
    ) {
        let finding = Finding::new(&MISSING_FIELD, span)
            .saying("required")
            .with("field", path.to_string())
            .with("name", path.last());
        self.add(finding.advising(advice), Place { path, ..place });
    }

    /// Where a map lacks something: its key, or the first line of a map without one.
    pub(crate) fn lacking(&self, node: &Node<'_>, place: Place<'_>) -> Range<usize> {
        match place.key {
            Some(key) => key.clone(),
            None => first_line(self.source, &node.span),
        }
    }

    fn choice(&mut self, node: &Node<'_>, text: &str, choices: &[&'static str], place: Place<'_>) {
        // What is empty is as if it were not set: a default takes its place, or a rule asks for it.
        if text.is_empty() || place.status || choices.contains(&text) {
            return;
        }
        let quoted: Vec<String> = choices.iter().map(|choice| format!("{choice:?}")).collect();
        let finding = Finding::new(&UNSUPPORTED_VALUE, node.span.clone())
            .saying("value")
            .with("value", text)
            .with("values", quoted.join(", "));
        let finding = match suggest::closest(text, choices.iter().copied()) {
            Some(meant) => finding.with("meant", meant).advising("similar"),
            None => finding,
        };
        // Of these lists the server names the whole.
        let path = match place.path {
            Path::Item(above, _) if WHOLE.contains(&above.last()) => above,
            path => path,
        };
        self.add(finding, Place { path, ..place });
    }

    /// A finding of `rule` about a value.
    pub(crate) fn found(&mut self, rule: &'static Rule, node: &Node<'_>) -> Finding {
        Finding::new(rule, node.span.clone())
    }

    /// Completes a finding with what all have in common.
    pub(crate) fn add(&mut self, finding: Finding, place: Place<'_>) {
        let mut finding = finding.at(place.path.to_string());
        finding.object.clone_from(&self.object);
        finding.versions = place.releases.iter().collect();
        self.findings.push(finding);
    }
}

/// What of a span stands on its first line.
pub(crate) fn first_line(source: &str, span: &Range<usize>) -> Range<usize> {
    let text = source.get(span.clone()).unwrap_or_default();
    let length = text.find('\n').unwrap_or(text.len());
    span.start..span.start + text[..length].trim_end().len()
}
