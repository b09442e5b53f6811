//! What Kubernetes allows at every place of a manifest, in each release.
//!
//! Knows types and names, no text that someone wrote. The data is unpacked when the first manifest is checked.
//! Next: [`crate::walk`] lays a manifest beside it.

pub(crate) mod releases;
mod unpack;

use crate::Version;
pub(crate) use releases::Releases;
use std::sync::OnceLock;

/// All schemas of all releases. What did not change from one to the next stands in it once.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) types: Vec<Type>,
    pub(crate) definitions: Vec<Definition>,
    pub(crate) properties: Vec<Property>,
    /// Sorted by group, version and kind.
    pub(crate) kinds: Vec<Kind>,
    pub(crate) spellings: Vec<Spelling>,
}

/// What may stand at a place. `null` may stand everywhere: it is as if nothing were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    String,
    Bool,
    Int32,
    Int64,
    Number,
    /// Text in base64.
    Bytes,
    /// A moment, as RFC 3339 writes it.
    Time,
    IntOrString,
    Quantity,
    /// Whatever JSON can say.
    Any,
    /// A map of whatever.
    Object,
    Definition(DefinitionId),
    List(TypeId),
    /// A map with keys of one's own.
    Map(TypeId),
    /// One of these texts, in the order of the API server's message.
    Choice(Vec<&'static str>),
}

/// The place of a type in [`Schema::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TypeId(u16);

/// The place of a definition in [`Schema::definitions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DefinitionId(u16);

/// A map with fields of Kubernetes' own.
#[derive(Debug)]
pub(crate) struct Definition {
    /// `io.k8s.api.core.v1.Container`.
    pub(crate) name: &'static str,
    pub(crate) releases: Releases,
    properties: std::ops::Range<u16>,
}

/// A field.
#[derive(Debug)]
pub(crate) struct Property {
    pub(crate) name: &'static str,
    pub(crate) of: TypeId,
    pub(crate) required: bool,
    pub(crate) releases: Releases,
}

/// What stands in a manifest as `apiVersion` and `kind`.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) group: &'static str,
    pub(crate) version: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) definition: DefinitionId,
    pub(crate) releases: Releases,
    /// Its objects are kept under a name, unlike a question to the server (`SubjectAccessReview`).
    pub(crate) named: bool,
}

/// The other names of a kind, as kubectl takes them: `deployments`, `deploy`.
#[derive(Debug)]
pub(crate) struct Spelling {
    pub(crate) kind: &'static str,
    pub(crate) others: Vec<&'static str>,
}

impl Schema {
    /// The schemas of this crate.
    pub(crate) fn get() -> &'static Schema {
        static SCHEMA: OnceLock<Schema> = OnceLock::new();
        SCHEMA.get_or_init(unpack::schema)
    }

    pub(crate) fn of(&self, id: TypeId) -> &Type {
        &self.types[usize::from(id.0)]
    }

    pub(crate) fn definition(&self, id: DefinitionId) -> &Definition {
        &self.definitions[usize::from(id.0)]
    }

    /// The type of a value that is such a map.
    pub(crate) fn type_of(&self, id: DefinitionId) -> Option<TypeId> {
        let number = self
            .types
            .iter()
            .position(|known| *known == Type::Definition(id))?;
        u16::try_from(number).ok().map(TypeId)
    }

    pub(crate) fn properties(&self, id: DefinitionId) -> &[Property] {
        let range = &self.definition(id).properties;
        &self.properties[usize::from(range.start)..usize::from(range.end)]
    }

    pub(crate) fn property(&self, id: DefinitionId, name: &str) -> Option<&Property> {
        self.properties(id)
            .iter()
            .find(|property| property.name == name)
    }

    /// The definition of a map, also of each map within a list: where one looks for a field.
    pub(crate) fn inner_definition(&self, id: TypeId) -> Option<DefinitionId> {
        match self.of(id) {
            Type::Definition(definition) => Some(*definition),
            Type::List(inner) => self.inner_definition(*inner),
            _ => None,
        }
    }

    /// The kinds of this name in whatever group and version.
    pub(crate) fn kinds_named(&self, kind: &str) -> impl Iterator<Item = &Kind> {
        self.kinds.iter().filter(move |known| known.kind == kind)
    }

    /// Whether the group is Kubernetes' own: custom resources have none of these.
    pub(crate) fn has_group(&self, group: &str) -> bool {
        self.kinds.iter().any(|known| known.group == group)
    }

    /// The kind of this name to take where nothing says which: the one served most, the most stable, the newest.
    pub(crate) fn best(&self, kind: &str, asked: Releases) -> Option<&Kind> {
        self.kinds_named(kind)
            .filter(|known| known.releases.meets(asked))
            .max_by_key(|known| {
                (
                    known.releases.and(asked).count(),
                    known.stability(),
                    known.group.is_empty(),
                    known.version,
                )
            })
    }
}

impl Kind {
    /// As it stands in a manifest: `apps/v1`, or `v1` of the core group.
    pub(crate) fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.to_owned()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }

    /// 0 of an alpha version, 1 of beta, 2 of one that stays.
    pub(crate) fn stability(&self) -> u8 {
        match self.version {
            version if version.contains("alpha") => 0,
            version if version.contains("beta") => 1,
            _ => 2,
        }
    }
}

/// A field of a definition, as tests and tools see it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Field {
    /// `io.k8s.api.core.v1.Container`.
    pub definition: &'static str,
    /// `imagePullPolicy`.
    pub name: &'static str,
    /// `string`, `integer int32`, `array of io.k8s.api.core.v1.EnvVar`, `map of string`, `any` and the like.
    pub of: String,
    /// Whether an API server refuses an object without it.
    pub required: bool,
}

/// Every field of every definition that a release has, sorted; without those of lists of objects (`PodList`).
pub fn fields(version: Version) -> Vec<Field> {
    let schema = Schema::get();
    let release: Releases = [version].into_iter().collect();
    let mut fields = Vec::new();
    for definition in schema
        .definitions
        .iter()
        .filter(|definition| definition.releases.meets(release))
    {
        let range =
            usize::from(definition.properties.start)..usize::from(definition.properties.end);
        for property in schema.properties[range]
            .iter()
            .filter(|property| property.releases.meets(release))
        {
            let (name, required) = (property.name, property.required);
            fields.push(Field {
                definition: definition.name,
                name,
                of: schema.words(property.of),
                required,
            });
        }
    }
    fields.sort();
    fields
}

impl Schema {
    /// A type, as OpenAPI calls it.
    fn words(&self, id: TypeId) -> String {
        match self.of(id) {
            Type::String | Type::Choice(_) => "string".to_owned(),
            Type::Bool => "boolean".to_owned(),
            Type::Int32 => "integer int32".to_owned(),
            Type::Int64 => "integer int64".to_owned(),
            Type::Number => "number double".to_owned(),
            Type::Bytes => "string byte".to_owned(),
            Type::Time => "string date-time".to_owned(),
            Type::IntOrString => "int or string".to_owned(),
            Type::Quantity => "quantity".to_owned(),
            Type::Any => "any".to_owned(),
            Type::Object => "object".to_owned(),
            Type::Definition(definition) => self.definition(*definition).name.to_owned(),
            Type::List(inner) => format!("array of {}", self.words(*inner)),
            Type::Map(inner) => format!("map of {}", self.words(*inner)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_has_the_shape_that_the_generator_promises() {
        let schema = Schema::get();
        assert!(
            schema.definitions.len() > 900,
            "{}",
            schema.definitions.len()
        );
        for definition in &schema.definitions {
            assert!(!definition.releases.is_empty(), "{}", definition.name);
        }
        for kind in &schema.kinds {
            assert!(
                !kind
                    .releases
                    .and(schema.definition(kind.definition).releases)
                    .is_empty()
            );
            assert!(
                schema.property(kind.definition, "kind").is_some(),
                "{}",
                kind.kind
            );
        }
        assert!(
            schema.spellings.iter().any(
                |names| names.kind == "Deployment" && names.others == ["deployments", "deploy"]
            )
        );
    }

    #[test]
    fn a_field_is_known_with_its_releases() {
        let schema = Schema::get();
        let pod = schema.kinds_named("Pod").next().expect("there are pods");
        let spec = schema
            .property(pod.definition, "spec")
            .expect("a pod has a spec");
        let spec = schema.inner_definition(spec.of).expect("which is a map");
        assert_eq!(
            schema
                .properties(spec)
                .iter()
                .filter(|property| property.required)
                .count(),
            1
        );
        assert_eq!(
            schema
                .property(spec, "containers")
                .map(|property| property.releases),
            Some(Releases::ALL)
        );
        let hostname_override = schema
            .property(spec, "hostnameOverride")
            .map(|property| property.releases);
        assert_eq!(
            hostname_override
                .and_then(Releases::first)
                .map(|version| version.minor()),
            Some(34)
        );
    }

    #[test]
    fn all_nine_releases_take_little_room() {
        assert!(
            unpack::PACKED.len() <= 60 * 1024,
            "{} bytes",
            unpack::PACKED.len()
        );
    }
}
