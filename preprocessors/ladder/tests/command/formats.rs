//! What `check --format` writes for other programs, on input that tries to break each format.

use crate::support::{Folder, RIGHT, Run, WRONG};
use quick_junit::{Report, TestCase, TestCaseStatus};
use serde_json::{Value, json};

/// Line 3 is wrong behind characters of one to four bytes.
const CHINESE: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, annotations: {a: 前端🚀}, lables: {}}\nspec:\n  containers:\n  - name: web\n    image: nginx:1.31\n";

/// The name of a field that holds what means something to GitHub, to XML, to JSON or to a terminal.
const UGLY: &str = r#"<script>]]>&amp;,a::b%0A\"\e[31m前\r\nend\0\x85\uFFFF"#;

/// A kind that no release has: a warning.
const UNKNOWN_KIND: &str = "apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: a\n";

fn check(folder: &Folder, format: &str, arguments: &[&str]) -> Run {
    folder.ladder(&[&["check", "--format", format], arguments].concat())
}

fn ugly() -> Folder {
    let folder = Folder::new();
    folder.write("a.yaml", WRONG.replace("date:", &format!("\"{UGLY}\":")));
    folder
}

#[test]
fn github_in_english() {
    let folder = Folder::new();
    folder.write("pod.yaml", CHINESE);
    let run = check(&folder, "github", &["pod.yaml"]);
    assert_eq!(
        run.stdout,
        "::error file=pod.yaml,line=3,col=46,endLine=3,endColumn=52,title=unknown-field::unknown field \"metadata.lables\"%0Adid you mean `labels`?\n"
    );
    assert_eq!(run.stderr, "1 error in 1 file, 1 manifest\n");
    assert_eq!(run.status, Some(1));
}

#[test]
fn github_in_chinese() {
    let folder = Folder::new();
    folder.write("pod.yaml", CHINESE);
    let run = check(&folder, "github", &["pod.yaml", "--language", "zh"]);
    assert_eq!(
        run.stdout,
        "::error file=pod.yaml,line=3,col=46,endLine=3,endColumn=52,title=unknown-field::未知字段 \"metadata.lables\"%0A是不是想写 `labels`？\n"
    );
}

#[test]
fn github_gets_a_warning_as_a_warning() {
    let folder = Folder::new();
    folder.write("thing.yaml", UNKNOWN_KIND);
    let run = check(&folder, "github", &["thing.yaml"]);
    assert!(
        run.stdout.starts_with("::warning file=thing.yaml,line=2,"),
        "{run:?}"
    );
    assert_eq!(run.status, Some(0));
}

#[test]
fn github_gets_nothing_of_a_clean_file() {
    let folder = Folder::new();
    folder.write("right.yaml", RIGHT);
    assert_eq!(check(&folder, "github", &["right.yaml"]).stdout, "");
}

#[test]
fn github_reads_no_command_of_a_manifest() {
    let run = check(&ugly(), "github", &["a.yaml"]);
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
    assert!(run.stdout.contains(",a::b%250A"), "{run:?}");
    assert!(!run.stdout.trim_end().contains(char::is_control), "{run:?}");
}

#[cfg(unix)] // Windows has no such names
#[test]
fn github_finds_a_file_with_any_name() {
    let folder = Folder::new();
    folder.write("a,b::100%/前 端\n.yaml", WRONG);
    let run = check(&folder, "github", &["."]);
    let start = "::error file=a%2Cb%3A%3A100%25/前 端%0A.yaml,line=5,col=1,endLine=5,";
    assert!(run.stdout.starts_with(start), "{run:?}");
}

#[test]
fn github_is_told_no_columns_of_what_is_longer_than_a_line() {
    let folder = Folder::new();
    folder.write("a.yaml", RIGHT.replace("blue", "{\n    a: 1,\n    b: 2 }"));
    let run = check(&folder, "github", &["a.yaml"]);
    let start = "::error file=a.yaml,line=6,endLine=8,title=wrong-type::";
    assert!(run.stdout.starts_with(start), "{run:?}");
}

/// The document of `check --format sarif`, which is as the schema of SARIF wants it.
#[track_caller]
fn sarif(folder: &Folder, arguments: &[&str]) -> Value {
    valid(&check(folder, "sarif", arguments))
}

#[track_caller]
fn valid(run: &Run) -> Value {
    let schema = serde_json::from_str(include_str!("sarif-schema-2.1.0.json"));
    let schema = jsonschema::validator_for(&schema.expect("JSON")).expect("a schema");
    let document =
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
    let errors = schema.iter_errors(&document);
    let errors: Vec<String> = errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    document
}

#[test]
fn sarif_says_what_where_and_what_to_do() {
    let folder = Folder::new();
    folder.write("pod.yaml", CHINESE);
    let document = sarif(&folder, &["pod.yaml", "--kubernetes", "1.29,1.37"]);
    let run = &document["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(
        run["results"],
        json!([{
            "ruleId": "unknown-field",
            "ruleIndex": 0,
            "level": "error",
            "message": { "text": "unknown field \"metadata.lables\"\ndid you mean `labels`?" },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": "pod.yaml" },
                "region": { "startLine": 3, "startColumn": 46, "endLine": 3, "endColumn": 52 },
            }}],
            "relatedLocations": [],
            "properties": {
                "path": "metadata.lables",
                "object": "Pod/web",
                "kubernetes": ["1.29", "1.37"],
            },
        }])
    );
}

#[test]
fn sarif_lists_each_rule_that_found_something_once() {
    let folder = Folder::new();
    folder.write("a.yaml", WRONG).write("b.yaml", WRONG);
    folder.write("c.yaml", UNKNOWN_KIND);
    let run = &sarif(&folder, &["."])["runs"][0];
    let each = |list: &Value, pointer: &str| -> Vec<Value> {
        let list = list.as_array().expect("a list").iter();
        list.map(|item| item.pointer(pointer).cloned().unwrap_or_default())
            .collect()
    };
    let rules = &run["tool"]["driver"]["rules"];
    assert_eq!(each(rules, "/id"), ["unknown-field", "unknown-kind"]);
    let levels = each(rules, "/defaultConfiguration/level");
    assert_eq!(levels, ["error", "warning"]);
    assert_eq!(each(&run["results"], "/ruleIndex"), [0, 0, 1]);
}

#[test]
fn sarif_explains_a_rule_in_the_language_asked_for() {
    let folder = Folder::new();
    folder.write("a.yaml", WRONG);
    for (language, tag) in [("en", "en"), ("zh", "zh-CN")] {
        let document = sarif(&folder, &["a.yaml", "--language", language]);
        let run = &document["runs"][0];
        assert_eq!(run["language"], tag);
        let rule = &run["tool"]["driver"]["rules"][0];
        let page = folder.ladder(&["explain", "unknown-field", "--language", language]);
        let markdown = rule["help"]["markdown"].as_str().expect("markdown");
        assert_eq!(markdown.trim_end(), page.stdout.trim_end());
        let title = rule["shortDescription"]["text"].as_str().expect("text");
        let heading = markdown.lines().next().expect("a heading");
        assert!(heading.ends_with(title), "{heading}: {title}");
    }
}

#[test]
fn sarif_points_at_the_second_place_too() {
    let folder = Folder::new();
    folder.write("a.yaml", format!("{RIGHT}  colour: red\n"));
    let document = sarif(&folder, &["a.yaml"]);
    let related = &document["runs"][0]["results"][0]["relatedLocations"][0];
    assert_eq!(
        related["physicalLocation"]["region"]["startLine"], 6,
        "{document:#}"
    );
    assert_ne!(related["message"]["text"], "");
}

#[test]
fn sarif_of_a_clean_file_has_no_results() {
    let folder = Folder::new();
    folder.write("right.yaml", RIGHT);
    assert_eq!(
        sarif(&folder, &["right.yaml"])["runs"][0]["results"],
        json!([])
    );
}

#[test]
fn sarif_takes_any_input() {
    sarif(&ugly(), &["a.yaml"]);
    let folder = Folder::new();
    folder.write("bytes.yaml", b"kind: \xff\n");
    folder.write("empty.yaml", "");
    sarif(&folder, &["."]);
    let run = folder.fed(&["check", "-", "--format", "sarif"], WRONG, &[]);
    let uri = &valid(&run)["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(uri["artifactLocation"]["uri"], "%3Cstdin%3E");
}

#[cfg(unix)] // Windows has no such names
#[test]
fn sarif_names_a_file_as_a_uri() {
    let folder = Folder::new();
    folder.write("c:d/前 #100%?.yaml", WRONG);
    let uri = |argument: &str| {
        let document = sarif(&folder, &[argument]);
        document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
            ["uri"]
            .as_str()
            .expect("a URI")
            .to_owned()
    };
    assert_eq!(uri("."), "c%3Ad/%E5%89%8D%20%23100%25%3F.yaml");
    let absolute = folder.path("c:d");
    let absolute = uri(absolute.to_str().expect("UTF-8"));
    assert!(absolute.starts_with("file:///"), "{absolute}");
    assert!(
        absolute.ends_with("/c%3Ad/%E5%89%8D%20%23100%25%3F.yaml"),
        "{absolute}"
    );
}

/// The document of `check --format junit` as a program reads it.
#[track_caller]
fn junit(folder: &Folder, arguments: &[&str]) -> Report {
    let run = check(folder, "junit", arguments);
    Report::deserialize_from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

fn tests(report: &Report) -> impl Iterator<Item = &TestCase> {
    report
        .test_suites
        .iter()
        .flat_map(|suite| &suite.test_cases)
}

fn failed(test: &TestCase) -> bool {
    matches!(test.status, TestCaseStatus::NonSuccess { .. })
}

#[test]
fn junit_is_a_suite_per_file_and_a_test_per_finding() {
    let folder = Folder::new();
    folder.write("pod.yaml", CHINESE).write("right.yaml", RIGHT);
    let run = check(&folder, "junit", &["."]);
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ladder check" tests="2" skipped="0" failures="1" errors="0">
    <testsuite name="pod.yaml" tests="1" skipped="0" errors="0" failures="1">
        <testcase name="unknown-field 3:46 metadata.lables" classname="pod.yaml">
            <failure message="unknown field &quot;metadata.lables&quot;" type="unknown-field">pod.yaml:3:46
did you mean `labels`?</failure>
        </testcase>
    </testsuite>
    <testsuite name="right.yaml" tests="1" skipped="0" errors="0" failures="0">
        <testcase name="no findings" classname="right.yaml"/>
    </testsuite>
</testsuites>
"#;
    assert_eq!(run.stdout, expected);
    assert_eq!(run.status, Some(1));
}

#[test]
fn junit_speaks_chinese_too() {
    let folder = Folder::new();
    folder.write("pod.yaml", CHINESE).write("right.yaml", RIGHT);
    let run = check(&folder, "junit", &[".", "--language", "zh"]);
    for said in ["未知字段", "是不是想写 `labels`？", "没有发现问题"] {
        assert!(run.stdout.contains(said), "{}", run.stdout);
    }
}

#[test]
fn a_warning_is_a_failed_test_only_where_it_fails_the_check() {
    let folder = Folder::new();
    folder.write("thing.yaml", UNKNOWN_KIND);
    let report = junit(&folder, &["thing.yaml"]);
    let test = tests(&report).next().expect("a test");
    assert!(!failed(test));
    let printed = test.system_out.as_ref().expect("output");
    assert!(printed.starts_with("warning: "), "{printed:?}");

    let report = junit(&folder, &["thing.yaml", "--deny", "warnings"]);
    assert!(tests(&report).all(failed));
}

#[test]
fn junit_takes_any_input() {
    let folder = ugly();
    folder.write("bytes.yaml", b"kind: \xff\n");
    let report = junit(&folder, &["."]);
    assert_eq!(tests(&report).filter(|test| failed(test)).count(), 2);
    let run = check(&folder, "junit", &["."]);
    let forbidden = |character: char| {
        character < ' ' && character != '\n' || matches!(character, '\u{fffe}' | '\u{ffff}')
    };
    assert!(!run.stdout.contains(forbidden), "{run:?}");
    assert!(
        run.stdout.contains("&lt;script&gt;]]&gt;&amp;amp;,a::b%0A"),
        "{run:?}"
    );
}

#[test]
fn a_book_has_a_suite_for_each_page() {
    let report = junit(&Folder::book(), &[]);
    let suites: Vec<&str> = report
        .test_suites
        .iter()
        .map(|suite| &*suite.name)
        .collect();
    for page in [
        "src/en/settings.md",
        "src/zh/settings.md",
        "manifests/settings/settings.yaml",
    ] {
        assert!(suites.contains(&page), "{suites:?}");
    }
    assert!(!tests(&report).any(failed));
}

#[test]
fn every_format_is_the_same_from_run_to_run_and_in_the_same_order() {
    let folder = Folder::new();
    for name in ["b.yaml", "a.yaml", "c/d.yml"] {
        folder.write(name, format!("{WRONG}---\n{UNKNOWN_KIND}---\n{CHINESE}"));
    }
    for format in ["json", "sarif", "github", "junit"] {
        let run = check(&folder, format, &["c", "b.yaml", "a.yaml"]);
        assert_eq!(run.stdout, check(&folder, format, &["."]).stdout);
        let places = ["a.yaml", "b.yaml", "c/d.yml"].map(|name| run.stdout.find(name));
        assert!(places.is_sorted() && places[0].is_some(), "{run:?}");
    }
}
