//! What nobody should write, and somebody will: a finding or a fault in two lines, soon, and never a panic.

use crate::support::Folder;

#[test]
fn an_unknown_release() {
    let run = Folder::new().ladder(&["check", ".", "--kubernetes", "1.28"]);
    run.is_fault(
        "`1.28` is no value for --kubernetes",
        "Use one of these: releases from 1.29 to 1.37, such as 1.35,1.37, or all.",
    );
}

#[test]
fn an_unknown_format() {
    let run = Folder::new().ladder(&["check", ".", "--format", "xml"]);
    run.is_fault(
        "`xml` is no value for --format",
        "Use one of these: text, json, sarif, github, junit.",
    );
}

#[test]
fn an_unknown_language() {
    let run = Folder::new().ladder(&["check", ".", "--language", "xx"]);
    run.is_fault(
        "`xx` is no value for --language",
        "Use one of these: zh, en.",
    );
}

#[test]
fn a_path_that_is_not_there() {
    let run = Folder::new().ladder(&["check", "nowhere.yaml"]);
    run.is_fault(
        "`nowhere.yaml` is not there",
        "Correct the path: it counts from the folder in which you call `ladder`.",
    );
}

#[test]
fn faults_speak_chinese_too() {
    let folder = Folder::new();
    let by_environment = folder.fed(&["check", "nowhere.yaml"], "", &[("LC_ALL", "zh_CN.UTF-8")]);
    let by_option = folder.ladder(&["check", "nowhere.yaml", "--language", "zh"]);
    let fault = "错误: `nowhere.yaml` 不存在\n帮助: 请改正路径：它从执行 `ladder` 的目录算起。\n";
    assert_eq!(
        (by_environment.stderr.as_str(), by_option.stderr.as_str()),
        (fault, fault)
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read() {
    let run = Folder::new().ladder(&["check", "/proc/self/mem"]);
    run.is_fault(
        "`/proc/self/mem` cannot be read: Input/output error (os error 5)",
        "Make sure that you may open it, then call this again.",
    );
}

#[test]
fn no_book() {
    for command in ["check", "toc"] {
        let run = Folder::new().ladder(&[command]);
        assert!(
            run.stderr.starts_with("error: there is no book here: "),
            "{run:?}"
        );
        assert_eq!((run.status, run.stderr.lines().count()), (Some(2), 2));
    }
}

/// Exactly these codes; in text as well, which must not choke on the place.
#[track_caller]
fn is_found(content: impl AsRef<[u8]>, codes: &[&str]) {
    let folder = Folder::new();
    let document = folder.write("a.yaml", content).json(&["a.yaml"]);
    let findings = document["findings"].as_array().expect("findings");
    let found: Vec<_> = findings
        .iter()
        .filter_map(|finding| finding["code"].as_str())
        .collect();
    assert_eq!(found, codes, "{document:#}");
    let run = folder.ladder(&["check", "a.yaml"]);
    let is_error = |finding: &serde_json::Value| finding["severity"] == "error";
    assert_eq!(run.status, Some(i32::from(findings.iter().any(is_error))));
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
}

#[test]
fn a_tab_as_indentation() {
    is_found(
        "apiVersion: v1\nkind: Pod\nmetadata:\n\tname: a\n",
        &["yaml-syntax"],
    );
}

#[test]
fn a_key_that_stands_twice() {
    is_found(
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  name: b\n",
        &["duplicate-key"],
    );
}

#[test]
fn an_alias_bomb() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![before; 9].join(", "));
    }
    is_found(bomb, &["yaml-limit"]);
}

#[test]
fn nesting_without_end() {
    is_found("[".repeat(10_000), &["yaml-limit"]);
    is_found("{a: ".repeat(10_000), &["yaml-limit"]);
}

#[test]
fn bytes_that_are_no_text() {
    is_found(b"apiVersion: v1\nkind: \xff\n", &["not-utf8"]);
}

#[test]
fn a_nul() {
    is_found("apiVersion: v1\nkind: Pod\0\n", &["not-utf8"]);
}

#[test]
fn ten_megabytes() {
    let value = "x".repeat(10_000_000);
    is_found(
        format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: {value}\ndate: {{}}\n"
        ),
        &["config-data", "unknown-field"],
    );
}

#[test]
fn a_key_of_a_megabyte_is_not_said_whole() {
    let folder = Folder::new();
    let key = "k".repeat(1_000_000);
    folder.write(
        "a.yaml",
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  \"{key}\": 1\n"),
    );
    let run = folder.ladder(&["check", "a.yaml"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.len() < 2_000, "{} bytes", run.stdout.len());
}

#[test]
fn nothing_at_all() {
    is_found("", &[]);
}
