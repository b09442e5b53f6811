//! What someone may have meant with a field that is not there.
//!
//! Looks for the field under a like name, in other releases, and then where it does belong: below (`spec.ports` → `spec.containers[0].ports`),
//! above (`containers[0].volumes` → `spec.volumes`), or beside (`spec.labels` → `metadata.labels`), for the commonest
//! mistake in YAML is a wrong indentation.

use super::Level;
use crate::Finding;
use crate::schema::{DefinitionId, Property, Schema, Type, TypeId};
use crate::yaml::{Entry, Node, Value};

/// How far below a map a field is looked for.
const DEPTH: usize = 4;
/// Only the maps right below, and only those that are written.
const BESIDE: usize = 0;
/// The maps that lead to a Pod: a field is looked for in these also where they are not written.
const LEVELS: [&str; 3] = ["spec", "template", "jobTemplate"];

/// Adds the advice that fits best.
pub(super) fn advise(
    schema: &'static Schema,
    finding: Finding,
    entry: &Entry<'_>,
    level: &Level<'_>,
    property: Option<&Property>,
) -> Finding {
    if let Some(property) = property {
        let first = property.releases.first().filter(|first| {
            level
                .place
                .releases
                .first()
                .is_some_and(|asked| asked < *first)
        });
        return match (first, property.releases.last()) {
            (Some(first), _) => finding.with("version", first.to_string()).advising("later"),
            (None, Some(last)) => finding
                .with("version", last.to_string())
                .advising("earlier"),
            (None, None) => finding,
        };
    }
    let finding = finding.with("name", &*entry.key);
    let free = schema
        .properties(level.definition)
        .iter()
        .filter(|property| property.releases.meets(level.place.releases))
        .map(|property| property.name)
        .filter(|name| level.node.entry(name).is_none());
    if let Some(meant) = likest(&entry.key, free.clone(), mistyped) {
        return finding.with("meant", meant).advising("similar");
    }
    if let Some(place) = below(
        schema,
        level.definition,
        Some(level.node),
        &entry.key,
        DEPTH,
    ) {
        let place = join(&level.place.path.to_string(), &place);
        return finding.with("place", place).advising("below");
    }
    match above(schema, level, &entry.key) {
        Some(place) if place.is_empty() => return finding.advising("top"),
        Some(place) => return finding.with("place", place).advising("elsewhere"),
        None => {}
    }
    if let Some(meant) = likest(&entry.key, free.clone(), shortened) {
        return finding.with("meant", meant).advising("similar");
    }
    otherwise(schema, finding, entry, level, free)
}

/// Nothing is like it and no place around has it: says what may stand here.
fn otherwise(
    schema: &Schema,
    finding: Finding,
    entry: &Entry<'_>,
    level: &Level<'_>,
    free: impl Iterator<Item = &'static str>,
) -> Finding {
    let properties = schema.properties(level.definition);
    let inside = entry.value.entries();
    if !inside.is_empty()
        && inside
            .iter()
            .all(|entry| schema.property(level.definition, &entry.key).is_some())
    {
        return finding.advising("needless");
    }
    let maps: Vec<&str> = properties
        .iter()
        .filter(|property| matches!(schema.of(property.of), Type::Map(_)))
        .map(|property| property.name)
        .collect();
    if !maps.is_empty() && properties.len() <= 4 && inside.is_empty() {
        return finding.with("known", maps.join("`, `")).advising("own-key");
    }
    let known: Vec<&str> = free.take(12).collect();
    if known.is_empty() {
        finding
    } else {
        finding.with("known", known.join(", ")).advising("known")
    }
}

/// The name that is most like `text`, if one is like it at all.
pub(crate) fn closest<'n>(
    text: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Option<&'n str> {
    likest(text, names.clone(), mistyped).or_else(|| likest(text, names, shortened))
}

/// The name with the least distance, of those that have one.
fn likest<'n>(
    text: &str,
    names: impl Iterator<Item = &'n str>,
    distance: fn(&str, &str) -> Option<usize>,
) -> Option<&'n str> {
    let text = text.to_lowercase();
    names
        .filter_map(|name| Some((distance(&text, &name.to_lowercase())?, name)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// A few letters too many, too few, changed or swapped; 0 is a matter of case only.
fn mistyped(text: &str, name: &str) -> Option<usize> {
    let distance = strsim::osa_distance(text, name);
    let bearable = (name.chars().count() / 3).clamp(1, 3);
    (distance == 0 || (distance <= bearable && name.chars().count() > distance)).then_some(distance)
}

/// The beginning or the end of a name (`pullPolicy`), more than a name, or some of its letters in their order (`img`).
fn shortened(text: &str, name: &str) -> Option<usize> {
    let difference = text.len().abs_diff(name.len());
    let part = text.len() >= 4 && (name.starts_with(text) || name.ends_with(text));
    let more = name.len() >= 4 && (text.starts_with(name) || text.ends_with(name));
    if part || more {
        return Some(difference);
    }
    let mut letters = name.chars();
    let abbreviation = text.len() >= 3
        && text.len() * 2 >= name.len()
        && text.chars().next() == name.chars().next()
        && text
            .chars()
            .all(|wanted| letters.any(|letter| letter == wanted));
    abbreviation.then_some(20 + difference)
}

/// The way from a map to the nearest map below it that has the field. A map that is written down is preferred; the
/// nearest may also be one that is not there yet.
fn below(
    schema: &Schema,
    definition: DefinitionId,
    node: Option<&Node<'_>>,
    field: &str,
    depth: usize,
) -> Option<String> {
    let children = |written: bool| {
        schema
            .properties(definition)
            .iter()
            .filter(move |property| property.name != "status")
            .filter_map(move |property| {
                let child = schema.inner_definition(property.of)?;
                let node = node.and_then(|node| node.get(property.name));
                (node.is_some() == written)
                    .then(|| (step(schema, property), child, node.and_then(inner)))
            })
    };
    let lacks = |node: Option<&Node<'_>>| node.is_none_or(|node| node.entry(field).is_none());
    let has = |definition: DefinitionId| schema.property(definition, field).is_some();
    if let Some((step, ..)) = children(true).find(|(_, child, node)| has(*child) && lacks(*node)) {
        return Some(step);
    }
    if depth > 1 {
        let deeper = children(true).find_map(|(step, child, node)| {
            Some((step, below(schema, child, node, field, depth - 1)?))
        });
        if let Some((step, rest)) = deeper {
            return Some(join(&step, &rest));
        }
    }
    if depth == BESIDE {
        return None;
    }
    let mut unwritten = children(false).filter(|(_, child, _)| has(*child));
    if let (Some((step, ..)), None) = (unwritten.next(), unwritten.next()) {
        return Some(step);
    }
    let mut levels = children(false).filter(|(step, ..)| depth > 1 && LEVELS.contains(&&**step));
    levels.find_map(|(step, child, _)| {
        let rest = below(schema, child, None, field, depth - 1)?;
        Some(join(&step, &rest))
    })
}

/// The nearest map around a level that has the field, or one that stands in such a map.
fn above(schema: &Schema, level: &Level<'_>, field: &str) -> Option<String> {
    let own = level.place.path.last();
    let mut around = level.place.above;
    while let Some(level) = around {
        let path = level.place.path.to_string();
        let free = level.node.entry(field).is_none();
        if free && schema.property(level.definition, field).is_some() {
            return Some(path);
        }
        if let Some(place) = below(schema, level.definition, Some(level.node), field, BESIDE) {
            return Some(join(&path, &place));
        }
        // A Pod and a container have a `securityContext` each, with different fields.
        let namesake = schema.property(level.definition, own);
        if namesake
            .and_then(|namesake| schema.inner_definition(namesake.of))
            .is_some_and(|namesake| schema.property(namesake, field).is_some())
        {
            return Some(join(&path, own));
        }
        around = level.place.above;
    }
    None
}

fn step(schema: &Schema, property: &Property) -> String {
    let list = |of: TypeId| matches!(schema.of(of), Type::List(_));
    if list(property.of) {
        format!("{}[0]", property.name)
    } else {
        property.name.to_owned()
    }
}

/// The map itself, or the first map of a list.
fn inner<'n>(node: &'n Node<'n>) -> Option<&'n Node<'n>> {
    match &node.value {
        Value::List(items) => items.first(),
        _ => Some(node),
    }
}

fn join(path: &str, rest: &str) -> String {
    if path.is_empty() {
        rest.to_owned()
    } else {
        format!("{path}.{rest}")
    }
}
