//! What a report looks like, whole, once per format and language; and what moves within it.

use crate::support::{Folder, RIGHT, WRONG};
use serde_json::json;

/// A wide value before the mistake, in columns and in bytes.
const CHINESE: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, annotations: {a: 前端🚀}, lables: {}}\nspec:\n  containers:\n  - name: web\n    image: nginx:1.31\n";

#[test]
fn text_in_english() {
    let run = Folder::new()
        .write("pod.yaml", CHINESE)
        .ladder(&["check", "pod.yaml"]);
    let report = r#"error[unknown-field]: unknown field "metadata.lables"
 --> pod.yaml:3:46
  |
3 | metadata: {name: web, annotations: {a: 前端🚀}, lables: {}}
  |                                                 ^^^^^^ metadata.lables
  |
  = help: did you mean `labels`?

"#;
    assert_eq!(run.stdout, report);
    assert_eq!(run.stderr, "1 error in 1 file, 1 manifest\n");
    assert_eq!(run.status, Some(1));
}

#[test]
fn text_in_chinese() {
    let run =
        Folder::new()
            .write("pod.yaml", CHINESE)
            .ladder(&["check", "pod.yaml", "--language", "zh"]);
    let report = r#"错误[unknown-field]: 未知字段 "metadata.lables"
 --> pod.yaml:3:46
  |
3 | metadata: {name: web, annotations: {a: 前端🚀}, lables: {}}
  |                                                 ^^^^^^ metadata.lables
  |
  = 帮助: 是不是想写 `labels`？

"#;
    assert_eq!(run.stdout, report);
    assert_eq!(run.stderr, "1 个错误，共检查 1 个文件、1 份清单\n");
}

#[test]
fn json_is_the_contract() {
    let found = Folder::new().write("pod.yaml", CHINESE).json(&[
        "pod.yaml",
        "--kubernetes",
        "1.37,v1.29.3",
    ]);
    let contract = json!({
        "kubernetes": ["1.29", "1.37"],
        "files": 1,
        "manifests": 1,
        "findings": [{
            "code": "unknown-field",
            "severity": "error",
            "file": "pod.yaml",
            "line": 3,
            "column": 46,
            "end_line": 3,
            "end_column": 52,
            "path": "metadata.lables",
            "object": "Pod/web",
            "kubernetes": ["1.29", "1.37"],
            "message": "unknown field \"metadata.lables\"",
            "help": "did you mean `labels`?",
        }],
    });
    assert_eq!(found, contract);
}

#[test]
fn json_speaks_chinese_too() {
    let found = Folder::new()
        .write("pod.yaml", CHINESE)
        .json(&["pod.yaml", "--language", "zh"]);
    assert_eq!(found["findings"][0]["help"], "是不是想写 `labels`？");
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let folder = Folder::new();
    for name in ["b.yaml", "a.yaml", "c/d.yml"] {
        folder.write(name, WRONG);
    }
    let runs = [(), ()].map(|()| folder.ladder(&["check", ".", "--format", "json"]).stdout);
    assert_eq!(runs[0], runs[1]);
}

#[test]
fn releases_are_named_where_they_are_not_all() {
    let quota = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  resources: {}\n  containers:\n  - name: a\n    image: a\n";
    let run = Folder::new().write("pod.yaml", quota).ladder(&[
        "check",
        "pod.yaml",
        "--kubernetes",
        "1.29,1.37",
    ]);
    assert!(
        run.stdout.contains("= note: on Kubernetes 1.29\n"),
        "{run:?}"
    );
}

#[test]
fn the_environment_decides_the_language() {
    let folder = Folder::new();
    folder.write("right.yaml", RIGHT);
    let said =
        |environment: &[(&str, &str)]| folder.fed(&["check", "right.yaml"], "", environment).stderr;
    assert_eq!(
        said(&[("LANG", "zh_CN.UTF-8")]),
        "没有发现问题，共检查 1 个文件、1 份清单\n"
    );
    assert_eq!(
        said(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")]),
        "no findings in 1 file, 1 manifest\n"
    );
    assert_eq!(said(&[]), "no findings in 1 file, 1 manifest\n");
}

#[test]
fn a_line_wider_than_the_screen_is_trimmed() {
    for width in [300, 50_000] {
        let manifest = CHINESE.replace("前端", &"前".repeat(width));
        let run = Folder::new()
            .write("pod.yaml", &manifest)
            .ladder(&["check", "pod.yaml"]);
        assert!(
            run.stdout.contains(&format!("pod.yaml:3:{}\n", 44 + width)),
            "{}",
            run.stdout
        );
        let widest = run.stdout.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{}", run.stdout);
    }
}

#[test]
fn help_longer_than_the_screen_is_broken_between_words() {
    let manifest = CHINESE.replace("lables", "unheardOf");
    let folder = Folder::new();
    folder.write("pod.yaml", manifest);
    for language in ["zh", "en"] {
        let run = folder.ladder(&["check", "pod.yaml", "--language", language]);
        assert!(run.stdout.contains(",\n "), "{}", run.stdout);
        assert!(
            run.stdout.lines().all(|line| line.chars().count() <= 100),
            "{}",
            run.stdout
        );
    }
}

#[test]
fn neither_a_byte_order_mark_nor_carriage_returns_move_a_place() {
    let manifest = format!(
        "\u{feff}{}",
        WRONG.replace("apiVersion: v1", "api: v1\napiVersion: v1")
    )
    .replace('\n', "\r\n");
    let folder = Folder::new();
    folder.write("a.yaml", manifest);
    folder.finds(
        &["a.yaml"],
        &["unknown-field a.yaml:1:1", "unknown-field a.yaml:6:1"],
    );
    let run = folder.ladder(&["check", "a.yaml"]);
    assert!(
        run.stdout.contains("\n1 | api: v1\n  | ^^^ api\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn control_characters_of_a_manifest_do_not_reach_the_terminal() {
    let manifest = WRONG
        .replace("date:", "\"\\e[31mdate\":")
        .replace("blue", "\u{7f}blue");
    let run = Folder::new()
        .write("a.yaml", manifest)
        .ladder(&["check", "a.yaml"]);
    assert_eq!(run.status, Some(1));
    assert!(!run.stdout.contains(['\u{1b}', '\u{7f}']), "{run:?}");
}

#[test]
fn script_in_a_manifest_is_text_as_any_other() {
    let manifest = WRONG.replace("date:", "<script>alert(1)</script>:");
    let found = Folder::new().write("a.yaml", manifest).json(&["a.yaml"]);
    assert_eq!(found["findings"][0]["path"], "<script>alert(1)</script>");
}
