//! `crd-schema`: the schema of a custom resource says of every field what type it has.
//!
//! <https://github.com/kubernetes/apiextensions-apiserver/tree/master/pkg/apiserver/schema>, `validation.go`. Looks at types
//! and at defaults that are plain values; rules in CEL are [`super::cel_expression`]'s.

use super::crd_name::is_definition;
use super::names::{json, quoted};
use super::{Object, Part, cel_expression, error};
use crate::yaml::{Node, Value};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("crd-schema");

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object.part("spec").filter(|_| is_definition(object)) else {
        return;
    };
    if spec.is_true("preserveUnknownFields") {
        return;
    }
    let versions = spec.list("versions");
    let schemas: Vec<Option<Part<'_>>> = versions.iter().map(schema).collect();
    let all = schemas
        .iter()
        .map(|schema| schema.as_ref().map(|part| json(part.node)));
    let texts: Vec<Option<String>> = all.collect();
    // What all versions share the server names once.
    let shared = texts.windows(2).all(|pair| pair[0] == pair[1]);
    for (version, schema) in versions.iter().zip(schemas) {
        match schema {
            None => findings.push(missing(object, version)),
            Some(mut part) => {
                if shared {
                    "spec.validation.openAPIV3Schema".clone_into(&mut part.path);
                }
                let mut walk = Walk { object, findings };
                walk.root(&part);
            }
        }
    }
}

fn schema<'o>(version: &Part<'o>) -> Option<Part<'o>> {
    version.field("schema")?.field("openAPIV3Schema")
}

fn missing(object: &Object<'_>, version: &Part<'_>) -> Finding {
    let span = match version.field("schema") {
        Some(schema) => object.lacking(&schema),
        None => object.lacking(version),
    };
    let path = format!("{}.schema.openAPIV3Schema", version.path);
    object
        .finding_at(&RULE, span, &path)
        .saying("missing")
        .advising("missing")
}

struct Walk<'w, 'o> {
    object: &'w Object<'o>,
    findings: &'w mut Vec<Finding>,
}

impl Walk<'_, '_> {
    fn root(&mut self, schema: &Part<'_>) {
        match schema.text("type") {
            None | Some("") => {
                self.untyped(schema, "root");
                self.children(schema);
            }
            Some(of) => {
                if TYPES.contains(&of) && of != "object" {
                    let span = schema.field("type").map(|part| part.node.span.clone());
                    let span = span.unwrap_or_else(|| self.object.lacking(schema));
                    let path = format!("{}.type", schema.path);
                    let finding = self.object.finding_at(&RULE, span, &path);
                    let finding = finding.saying("root-type").with("value", quoted(of));
                    self.findings.push(finding.advising("root-type"));
                }
                self.schema(schema, "root");
            }
        }
    }

    /// `within` is the variant that is said where the type is missing.
    fn schema(&mut self, schema: &Part<'_>, within: &'static str) {
        let free = [
            "x-kubernetes-int-or-string",
            "x-kubernetes-preserve-unknown-fields",
        ];
        match schema
            .field("type")
            .filter(|written| written.node.as_str() != Some(""))
        {
            Some(written) => self.typed(schema, &written),
            None if free.iter().any(|name| schema.is_true(name)) => {}
            None if schema.has("$ref") => {}
            None => self.untyped(schema, within),
        }
        self.children(schema);
    }

    fn untyped(&mut self, schema: &Part<'_>, variant: &'static str) {
        let span = self.object.lacking(schema);
        let path = format!("{}.type", schema.path);
        let finding = self.object.finding_at(&RULE, span, &path);
        self.findings.push(finding.saying(variant).advising("type"));
    }

    fn typed(&mut self, schema: &Part<'_>, written: &Part<'_>) {
        let Some(of) = written.node.as_str() else {
            return;
        };
        if !TYPES.contains(&of) {
            let finding = self.object.finding(&RULE, written.node, &written.path);
            let finding = finding.saying("unknown").with("value", quoted(of));
            return self.findings.push(finding.advising("unknown"));
        }
        if of == "array" && !schema.has("items") {
            let path = format!("{}.items", schema.path);
            let finding = self.object.finding(&RULE, written.node, &path);
            self.findings
                .push(finding.saying("items-missing").advising("items"));
        }
        if let Some(default) = schema.field("default")
            && let Some(got) = type_of(default.node).filter(|got| !fits(got, of))
        {
            let finding = self.object.finding(&RULE, default.node, &default.path);
            let finding = finding
                .saying("default")
                .with("got", got)
                .with("wanted", of);
            let finding = finding.also(written.node.span.clone(), "type");
            self.findings.push(finding.advising("default"));
        }
    }

    fn children(&mut self, schema: &Part<'_>) {
        cel_expression::rules(self.object, schema, self.findings);
        self.shape(schema);
        if let Some(properties) = schema.field("properties") {
            for entry in properties.node.entries() {
                let path = format!("{}[{}]", properties.path, entry.key);
                let key = Some(&entry.key_span);
                let node = &entry.value;
                self.child(&Part { node, path, key }, "field");
            }
        }
        for (field, variant) in [("items", "items"), ("additionalProperties", "field")] {
            if let Some(part) = schema.field(field) {
                self.child(&part, variant);
            }
        }
    }

    /// A map has either fields of its own or keys of anybody's, and a list of maps says by which fields it is one.
    fn shape(&mut self, schema: &Part<'_>) {
        if let (Some(fields), Some(others)) = (
            schema.field("properties"),
            schema.field("additionalProperties"),
        ) && !fields.node.entries().is_empty()
            && matches!(others.node.value, Value::Map(_) | Value::Bool(false))
        {
            let span = self.object.lacking(&others);
            let finding = self.object.finding_at(&RULE, span, &others.path);
            self.findings
                .push(finding.saying("exclusive").advising("exclusive"));
        }
        if let Some(kind) = schema.field("x-kubernetes-list-type")
            && kind.node.as_str() == Some("map")
            && schema.list("x-kubernetes-list-map-keys").is_empty()
        {
            let path = format!("{}.x-kubernetes-list-map-keys", schema.path);
            let finding = self.object.finding(&RULE, kind.node, &path);
            self.findings
                .push(finding.saying("map-keys").advising("map-keys"));
        }
    }

    fn child(&mut self, part: &Part<'_>, variant: &'static str) {
        if matches!(part.node.value, Value::Map(_)) {
            self.schema(part, variant);
        }
    }
}

fn type_of(node: &Node<'_>) -> Option<&'static str> {
    Some(match node.value {
        Value::Bool(_) => "boolean",
        Value::Integer(_) => "integer",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        Value::Float(_) | Value::Null => return None,
    })
}

fn fits(got: &str, wanted: &str) -> bool {
    got == wanted || (got, wanted) == ("integer", "number")
}
