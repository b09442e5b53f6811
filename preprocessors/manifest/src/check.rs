//! Checks a text: documents → objects → findings.
//!
//! Everything here is total: whatever the text, there is a [`Report`]. Read next: [`crate::identity`] (what an object is),
//! then [`crate::walk`] (what is wrong in it).

use crate::rules::{self, MISSING_FIELD, Object, UNKNOWN_FIELD, UNKNOWN_FRAGMENT, WRONG_TYPE};
use crate::schema::{Kind, Releases, Schema, Type, TypeId};
use crate::walk::path::Path;
use crate::walk::{Place, Walk};
use crate::yaml::{Document, Node, Value};
use crate::{Finding, Version, identity, yaml};
use std::ops::Range;

/// What to check for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The releases that must accept the text. None are as good as those that are supported.
    pub versions: Vec<Version>,
    /// What the text is.
    pub subject: Subject,
}

impl Default for Options {
    /// Whole manifests, for the releases that are supported.
    fn default() -> Options {
        Options {
            versions: Version::SUPPORTED.to_vec(),
            subject: Subject::Manifests,
        }
    }
}

/// What a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Documents, each of them an object with `apiVersion` and `kind`, or a list of such.
    Manifests,
    /// A part of an object, named by its kind and its place: `Deployment.spec.template`, `Pod.spec.containers` (the list)
    /// or `Pod.spec.containers[]` (one item). Its outermost map needs not be complete.
    Fragment(String),
}

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// In the order of the text.
    pub findings: Vec<Finding>,
    /// How many objects were checked.
    pub manifests: usize,
    /// The objects, in the order of the text.
    pub objects: Vec<ObjectSummary>,
}

/// An object of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectSummary {
    /// Its `kind`, as written.
    pub kind: String,
    /// Its `metadata.name`, or what its name begins with; may be empty.
    pub name: String,
    /// Where it stands.
    pub span: Range<usize>,
}

/// Checks a text that is YAML or JSON.
pub fn check(source: &str, options: &Options) -> Report {
    let asked: Releases = match options.versions.as_slice() {
        [] => Version::SUPPORTED.into_iter().collect(),
        versions => versions.iter().copied().collect(),
    };
    let read = yaml::read(source);
    let mut check = Check {
        schema: Schema::get(),
        source,
        asked,
        report: Report::default(),
    };
    check.report.findings = read.findings;
    match &options.subject {
        Subject::Manifests => read
            .documents
            .iter()
            .for_each(|document| check.document(document)),
        Subject::Fragment(place) => check.fragments(place, &read.documents),
    }
    check.finish()
}

struct Check<'c> {
    schema: &'static Schema,
    source: &'c str,
    asked: Releases,
    report: Report,
}

impl Check<'_> {
    fn document(&mut self, document: &Document<'_>) {
        match &document.root {
            Some(root) if matches!(root.value, Value::Map(_)) => self.object(root, None),
            Some(root) if !root.is_null() => self.no_object(root),
            _ => {}
        }
    }

    fn no_object(&mut self, root: &Node<'_>) {
        let mut finding = Finding::new(
            &WRONG_TYPE,
            crate::walk::first_line(self.source, &root.span),
        );
        finding.versions = self.asked.iter().collect();
        self.report
            .findings
            .push(finding.saying("document").advising("document"));
    }

    /// Checks an object; of an item of a `PodList` the list says what it is.
    fn object(&mut self, root: &Node<'_>, given: Option<&'static Kind>) {
        let text = |key: &str| root.get(key).and_then(Node::as_str).unwrap_or_default();
        let (api_version, kind) = (text("apiVersion"), text("kind"));
        if identity::is_configuration(api_version, kind) {
            return;
        }
        if let (Some(name), Some(Value::List(items))) = (
            kind.strip_suffix("List"),
            root.get("items").map(|items| &items.value),
        ) {
            let of = self
                .schema
                .kinds_named(name)
                .find(|kind| kind.api_version() == api_version);
            if of.is_some() || (api_version, kind) == ("v1", "List") {
                return self.list(items, of);
            }
        }
        let summary = summary(root, given.map_or(kind, |given| given.kind));
        let title = title(&summary);
        self.report.objects.push(summary);
        match given.filter(|_| kind.is_empty()) {
            Some(kind) => self.contents(root, kind, kind.releases.and(self.asked), title, None),
            None => self.identified(root, title),
        }
    }

    fn list(&mut self, items: &[Node<'_>], of: Option<&'static Kind>) {
        for item in items {
            match item.value {
                Value::Map(_) => self.object(item, of),
                _ => self.no_object(item),
            }
        }
    }

    fn identified(&mut self, root: &Node<'_>, title: String) {
        let identity = identity::identify(self.schema, self.source, root, self.asked);
        for mut finding in identity.findings {
            finding.object.clone_from(&title);
            self.report.findings.push(finding);
        }
        if let Some((kind, releases)) = identity.kind {
            self.contents(root, kind, releases, title, identity.misspelt.as_deref());
        }
    }

    fn contents(
        &mut self,
        root: &Node<'_>,
        kind: &'static Kind,
        releases: Releases,
        title: String,
        ignored: Option<&str>,
    ) {
        let mut walk = Walk {
            schema: self.schema,
            source: self.source,
            object: title.clone(),
            ignored,
            partial: false,
            findings: Vec::new(),
        };
        let place = Place::start(releases);
        walk.fields(root, kind.definition, place);
        if kind.named {
            name(&mut walk, root, place);
        }
        let mut beyond = Vec::new();
        let object = Object::new(kind, releases, root, &title, self.source);
        rules::check(&object, &mut beyond);
        // What a rule misses in a map may be what is misspelt there.
        let misspelt = |finding: &Finding| {
            let other = |other: &&Finding| std::ptr::eq(other.rule, &UNKNOWN_FIELD);
            let mut unknown = walk.findings.iter().filter(other);
            std::ptr::eq(finding.rule, &MISSING_FIELD)
                && unknown.any(|other| above(&other.path) == above(&finding.path))
        };
        beyond.retain(|finding| !misspelt(finding));
        rules::amend(&object, &mut walk.findings, &beyond);
        self.report.findings.extend(walk.findings);
        self.report.findings.extend(beyond);
    }

    fn fragments(&mut self, place: &str, documents: &[Document<'_>]) {
        let Some((of, releases)) = fragment(self.schema, place, self.asked) else {
            let finding = Finding::new(&UNKNOWN_FRAGMENT, 0..0).with("place", place);
            return self.report.findings.push(finding);
        };
        for root in documents
            .iter()
            .filter_map(|document| document.root.as_ref())
        {
            let mut walk = Walk {
                schema: self.schema,
                source: self.source,
                object: String::new(),
                ignored: None,
                partial: true,
                findings: Vec::new(),
            };
            walk.value(root, of, Place::start(releases));
            self.report.findings.extend(walk.findings);
        }
    }

    /// In the order of the text; what an alias brings to several places is found once.
    fn finish(self) -> Report {
        let mut report = self.report;
        report.findings.sort_by_key(|finding| finding.span.start);
        let mut kept: Vec<Finding> = Vec::with_capacity(report.findings.len());
        for finding in report.findings {
            let same = |other: &Finding| {
                std::ptr::eq(other.rule, finding.rule)
                    && other.variant == finding.variant
                    && last(&other.path) == last(&finding.path)
            };
            let here = kept
                .iter()
                .rev()
                .take_while(|other| other.span.start == finding.span.start);
            if !here
                .clone()
                .any(|other| other.span == finding.span && same(other) && !finding.path.is_empty())
            {
                kept.push(finding);
            }
        }
        Report {
            findings: kept,
            manifests: report.objects.len(),
            objects: report.objects,
        }
    }
}

fn above(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(above, _)| above)
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or_default()
}

/// An object is kept under its name: it has one, or lets the server make one.
fn name(walk: &mut Walk<'_>, root: &Node<'_>, place: Place<'_>) {
    let Some(metadata) = root
        .entry("metadata")
        .filter(|metadata| !metadata.value.is_null())
    else {
        let span = walk.lacking(root, place);
        return walk.unnamed(span, place);
    };
    let set = |key: &str| {
        metadata
            .value
            .get(key)
            .is_some_and(|name| !name.is_null() && name.as_str() != Some(""))
    };
    if matches!(metadata.value.value, Value::Map(_)) && !set("name") && !set("generateName") {
        let written = metadata
            .value
            .entry("name")
            .map(|entry| entry.key_span.clone());
        walk.unnamed(written.unwrap_or_else(|| metadata.key_span.clone()), place);
    }
}

impl Walk<'_> {
    fn unnamed(&mut self, span: Range<usize>, place: Place<'_>) {
        let metadata = Path::Field(&Path::Root, "metadata");
        let path = Path::Field(&metadata, "name");
        self.missing(span, &path, "name", place);
        if let Some(finding) = self.findings.last_mut() {
            finding.variant = "name";
        }
    }
}

fn summary(root: &Node<'_>, kind: &str) -> ObjectSummary {
    let metadata = root.get("metadata");
    let text = |key: &str| {
        metadata
            .and_then(|metadata| metadata.get(key))
            .and_then(Node::as_str)
    };
    ObjectSummary {
        kind: kind.to_owned(),
        name: text("name")
            .or_else(|| text("generateName"))
            .unwrap_or_default()
            .to_owned(),
        span: root.span.clone(),
    }
}

fn title(summary: &ObjectSummary) -> String {
    match (&*summary.kind, &*summary.name) {
        ("", name) => name.to_owned(),
        (kind, "") => kind.to_owned(),
        (kind, name) => format!("{kind}/{name}"),
    }
}

/// The type at `Pod.spec.containers[]`, and the releases of those asked for that have it.
fn fragment(schema: &'static Schema, place: &str, asked: Releases) -> Option<(TypeId, Releases)> {
    let mut steps = place.split('.').map(|step| step.trim());
    let kind = schema.best(steps.next()?, asked)?;
    let mut releases = kind.releases.and(asked);
    let mut of = schema.type_of(kind.definition)?;
    for step in steps {
        let (name, item) = match step.split_once('[') {
            Some((name, _)) => (name, true),
            None => (step, false),
        };
        let next = match schema.of(of) {
            Type::Definition(definition) => {
                let property = schema.property(*definition, name)?;
                releases = releases.and(property.releases);
                property.of
            }
            Type::Map(inner) => *inner,
            _ => return None,
        };
        of = match schema.of(next) {
            Type::List(inner) if item => *inner,
            _ if item => return None,
            _ => next,
        };
    }
    (!releases.is_empty()).then_some((of, releases))
}
