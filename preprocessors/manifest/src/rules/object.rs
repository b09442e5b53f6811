//! An object as rules see it: its pods, its containers, its selectors, each with its place and its path.
//!
//! Knows where Kubernetes keeps such things, not what is wrong in them. A rule that holds for many kinds is written over
//! these views: [`Object::pods`], [`Pod::containers`], [`Object::selectors`], [`Object::parts`].

use crate::schema::{DefinitionId, Kind, Releases, Schema, Type, TypeId};
use crate::yaml::{Entry, Node, Value};
use crate::{Finding, Rule};
use std::cell::OnceCell;
use std::ops::Range;

/// An object of a known kind.
pub(crate) struct Object<'o> {
    pub(crate) kind: &'static Kind,
    pub(crate) root: &'o Node<'o>,
    /// `Kind/name`.
    pub(crate) title: &'o str,
    /// The releases that serve the kind.
    pub(crate) releases: Releases,
    /// The text that the object stands in.
    pub(crate) source: &'o str,
    /// Every map of Kubernetes' own and the last name of its definition, once someone asks.
    maps: OnceCell<Vec<(&'static str, Part<'o>)>>,
}

/// A value within an object, and its name: `spec.containers[0]`.
#[derive(Clone, Debug)]
pub(crate) struct Part<'o> {
    pub(crate) node: &'o Node<'o>,
    pub(crate) path: String,
    /// Where its key stands; an item of a list has none.
    pub(crate) key: Option<&'o Range<usize>>,
}

/// The spec of a pod, in a Pod or in a template.
#[derive(Clone, Debug)]
pub(crate) struct Pod<'o> {
    pub(crate) spec: Part<'o>,
    /// The metadata beside the spec; may be missing.
    pub(crate) metadata: Option<&'o Node<'o>>,
    /// `metadata` or `spec.template.metadata`.
    pub(crate) metadata_path: String,
    /// It is a Pod itself, not the template of one.
    pub(crate) bare: bool,
}

/// What a container is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Main,
    Init,
    Ephemeral,
}

/// A container of a pod.
#[derive(Clone, Debug)]
pub(crate) struct Container<'o> {
    pub(crate) part: Part<'o>,
    pub(crate) role: Role,
}

/// The fields that lead from the root of a kind to the pod template; a Pod is its own.
const TEMPLATES: &[(&str, &str, &str)] = &[
    ("", "Pod", ""),
    ("", "PodTemplate", "template"),
    ("", "ReplicationController", "spec.template"),
    ("apps", "Deployment", "spec.template"),
    ("apps", "ReplicaSet", "spec.template"),
    ("apps", "StatefulSet", "spec.template"),
    ("apps", "DaemonSet", "spec.template"),
    ("batch", "Job", "spec.template"),
    ("batch", "CronJob", "spec.jobTemplate.spec.template"),
];

const CONTAINERS: [(&str, Role); 3] = [
    ("initContainers", Role::Init),
    ("containers", Role::Main),
    ("ephemeralContainers", Role::Ephemeral),
];

impl<'o> Object<'o> {
    /// An object of a kind that `releases` serve, within `source`.
    pub(crate) fn new(
        kind: &'static Kind,
        releases: Releases,
        root: &'o Node<'o>,
        title: &'o str,
        source: &'o str,
    ) -> Object<'o> {
        let maps = OnceCell::new();
        Object {
            kind,
            root,
            title,
            releases,
            source,
            maps,
        }
    }

    /// The value at `metadata.name` or another way through maps; nothing where it is null.
    pub(crate) fn at(&self, path: &str) -> Option<&'o Node<'o>> {
        self.entry(path)
            .map(|entry| &entry.value)
            .filter(|node| !node.is_null())
    }

    /// The same, with its key.
    pub(crate) fn entry(&self, path: &str) -> Option<&'o Entry<'o>> {
        let mut steps = path.split('.');
        let first = self.root.entry(steps.next()?)?;
        steps.try_fold(first, |entry, key| entry.value.entry(key))
    }

    /// The value at a way through maps, with its path.
    pub(crate) fn part(&self, path: &str) -> Option<Part<'o>> {
        let entry = self.entry(path).filter(|entry| !entry.value.is_null())?;
        Some(Part {
            node: &entry.value,
            path: path.to_owned(),
            key: Some(&entry.key_span),
        })
    }

    /// Whether it is of one of these kinds of a group.
    pub(crate) fn is(&self, group: &str, kinds: &[&str]) -> bool {
        self.kind.group == group && kinds.contains(&self.kind.kind)
    }

    /// A finding about a value of this object.
    pub(crate) fn finding(&self, rule: &'static Rule, node: &Node<'_>, path: &str) -> Finding {
        self.finding_at(rule, node.span.clone(), path)
    }

    /// A finding about a key, or another place that is no whole value.
    pub(crate) fn finding_at(
        &self,
        rule: &'static Rule,
        span: Range<usize>,
        path: &str,
    ) -> Finding {
        let mut finding = Finding::new(rule, span).at(path);
        finding.object = self.title.to_owned();
        finding.versions = self.releases.iter().collect();
        finding
    }

    /// Where to say that a part lacks something: its key, or the first line of an item of a list.
    pub(crate) fn lacking(&self, part: &Part<'_>) -> Range<usize> {
        match part.key {
            Some(key) => key.clone(),
            None => crate::walk::first_line(self.source, &part.node.span),
        }
    }

    /// The pod of this object, or the template of one. At most one today.
    pub(crate) fn pods(&self) -> Vec<Pod<'o>> {
        let known = TEMPLATES
            .iter()
            .find(|(group, kind, _)| self.is(group, &[kind]));
        known
            .and_then(|(.., template)| self.pod(template))
            .into_iter()
            .collect()
    }

    fn pod(&self, template: &str) -> Option<Pod<'o>> {
        let bare = template.is_empty();
        let below = |field: &str| match bare {
            true => field.to_owned(),
            false => format!("{template}.{field}"),
        };
        Some(Pod {
            spec: self.part(&below("spec"))?,
            metadata: self.at(&below("metadata")),
            metadata_path: below("metadata"),
            bare,
        })
    }

    /// Every container of every pod.
    pub(crate) fn containers(&self) -> Vec<Container<'o>> {
        self.pods().iter().flat_map(Pod::containers).collect()
    }

    /// Every label selector with `matchLabels` and `matchExpressions`, wherever it stands.
    pub(crate) fn selectors(&self) -> Vec<Part<'o>> {
        self.parts("LabelSelector")
    }

    /// Every map that is of the definition with this last name (`EnvVar`, `Probe`), wherever it stands in the object; not
    /// below `status`.
    pub(crate) fn parts(&self, definition: &str) -> Vec<Part<'o>> {
        let maps = self.maps.get_or_init(|| {
            let mut search = Search {
                schema: Schema::get(),
                found: Vec::new(),
            };
            search.fields(self.root, self.kind.definition, "", None);
            search.found
        });
        let fitting = maps.iter().filter(|(name, _)| *name == definition);
        fitting.map(|(_, part)| part.clone()).collect()
    }
}

impl<'o> Part<'o> {
    /// The value of a field, unless it is null.
    pub(crate) fn field(&self, name: &str) -> Option<Part<'o>> {
        let entry = self
            .node
            .entry(name)
            .filter(|entry| !entry.value.is_null())?;
        Some(Part {
            node: &entry.value,
            path: join(&self.path, name),
            key: Some(&entry.key_span),
        })
    }

    /// The items of the list in a field.
    pub(crate) fn list(&self, name: &str) -> Vec<Part<'o>> {
        let Some(list) = self.node.get(name) else {
            return Vec::new();
        };
        let items = list.items().iter().enumerate();
        items
            .map(|(index, node)| Part {
                node,
                path: format!("{}[{index}]", join(&self.path, name)),
                key: None,
            })
            .collect()
    }

    /// The text of a field, if it is one.
    pub(crate) fn text(&self, name: &str) -> Option<&'o str> {
        self.node.get(name).and_then(Node::as_str)
    }

    /// The whole number in a field, if it is one.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.node.get(name).and_then(integer)
    }

    /// Whether a field is there and not null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.node.get(name).is_some_and(|node| !node.is_null())
    }

    /// Whether a field is there and `true`.
    pub(crate) fn is_true(&self, name: &str) -> bool {
        self.node
            .get(name)
            .is_some_and(|node| node.value == Value::Bool(true))
    }

    /// Where the key of a field stands; where the map begins, if the field is not there.
    pub(crate) fn key(&self, name: &str) -> Range<usize> {
        let entry = self.node.entry(name);
        entry.map_or_else(|| self.head(), |entry| entry.key_span.clone())
    }

    /// Where the map begins: its first field, with its value if that is short. That names an item of a list, whose first
    /// field is its name in most manifests.
    pub(crate) fn head(&self) -> Range<usize> {
        let Some(first) = self.node.entries().first() else {
            return self.node.span.clone();
        };
        let key = first.key_span.clone();
        match first.value.value {
            Value::String(_) if first.value.span.start >= key.end => {
                key.start..first.value.span.end
            }
            _ => key,
        }
    }
}

/// The whole number that a value is; `80.0` is one.
pub(crate) fn integer(node: &Node<'_>) -> Option<i64> {
    match node.value {
        Value::Integer(number) => Some(number),
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => Some(number as i64),
        _ => None,
    }
}

impl<'o> Pod<'o> {
    /// The containers of all three roles: those that run first come first.
    pub(crate) fn containers(&self) -> Vec<Container<'o>> {
        let of = |(field, role)| {
            let parts = self.spec.list(field).into_iter();
            parts.map(move |part| Container { part, role })
        };
        CONTAINERS.into_iter().flat_map(of).collect()
    }
}

/// A field below a path.
pub(crate) fn join(path: &str, field: &str) -> String {
    match path.is_empty() {
        true => field.to_owned(),
        false => format!("{path}.{field}"),
    }
}

/// A walk along the schema for all maps that have a definition.
struct Search<'o> {
    schema: &'static Schema,
    found: Vec<(&'static str, Part<'o>)>,
}

type Key<'o> = Option<&'o Range<usize>>;

impl<'o> Search<'o> {
    fn fields(&mut self, node: &'o Node<'o>, of: DefinitionId, path: &str, key: Key<'o>) {
        let name = self.schema.definition(of).name;
        if let (Some(name), Value::Map(_)) = (name.rsplit('.').next(), &node.value) {
            let path = path.to_owned();
            self.found.push((name, Part { node, path, key }));
        }
        for entry in node.entries() {
            match self.schema.property(of, &entry.key) {
                Some(property) if !(path.is_empty() && entry.key == "status") => {
                    let key = Some(&entry.key_span);
                    self.value(&entry.value, property.of, &|| join(path, &entry.key), key);
                }
                _ => {}
            }
        }
    }

    fn value(&mut self, node: &'o Node<'o>, of: TypeId, path: &dyn Fn() -> String, key: Key<'o>) {
        match self.schema.of(of) {
            Type::Definition(definition) => self.fields(node, *definition, &path(), key),
            Type::List(inner) => {
                for (index, item) in node.items().iter().enumerate() {
                    self.value(item, *inner, &|| format!("{}[{index}]", path()), None);
                }
            }
            Type::Map(inner) => {
                for entry in node.entries() {
                    let path = || format!("{}[{}]", path(), entry.key);
                    self.value(&entry.value, *inner, &path, Some(&entry.key_span));
                }
            }
            _ => {}
        }
    }
}
