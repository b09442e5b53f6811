//! `ladder check`: which files are meant, and how it ends.

use crate::support::{Folder, RIGHT, WRONG, command};
use std::process::Stdio;

#[test]
fn a_book_without_a_finding_is_clean() {
    let run = Folder::book().ladder(&["check", "--deny", "warnings"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{run:?}");
}

#[test]
fn a_mistake_in_an_included_manifest_is_in_its_own_file() {
    let folder = Folder::book();
    folder.write("manifests/settings/settings.yaml", WRONG);
    folder.finds(&[], &["unknown-field manifests/settings/settings.yaml:5:1"]);
    folder.finds(
        &["src/zh/settings.md"],
        &["unknown-field manifests/settings/settings.yaml:5:1"],
    );
}

#[test]
fn a_mistake_in_a_page_is_in_the_page() {
    let folder = Folder::book();
    for language in ["zh", "en"] {
        folder.replace(
            &format!("src/{language}/settings.md"),
            "{{#include ../../manifests/settings/settings.yaml}}",
            WRONG,
        );
    }
    folder.finds(
        &[],
        &[
            "unknown-field src/en/settings.md:10:1",
            "unknown-field src/zh/settings.md:10:1",
        ],
    );
}

#[test]
fn a_folder_within_a_book_names_files_from_itself() {
    let folder = Folder::book();
    folder.write("manifests/settings/settings.yaml", WRONG);
    let run = command(&folder.path("src/zh"))
        .args(["check", "--format", "json"])
        .output()
        .expect("the command ends");
    let stdout = String::from_utf8_lossy(&run.stdout);
    assert!(
        stdout.contains("\"../../manifests/settings/settings.yaml\""),
        "{stdout}"
    );
}

#[test]
fn a_page_in_one_language_is_a_warning() {
    let folder = Folder::book();
    folder
        .write(
            "src/toc.yaml",
            "- first-breath:\n    - settings\n    - alone\n",
        )
        .write("src/zh/alone.md", "# 只有中文\n");
    folder.ladder(&["toc"]);
    folder.finds(&[], &["page-missing src/toc.yaml:3:7"]);
    assert_eq!(folder.ladder(&["check"]).status, Some(0));
    assert_eq!(
        folder.ladder(&["check", "--deny", "warnings"]).status,
        Some(1)
    );
}

#[test]
fn an_entry_without_a_page_is_an_error() {
    let folder = Folder::book();
    folder.write(
        "src/toc.yaml",
        "- first-breath:\n    - settings\n    - nowhere\n",
    );
    folder.finds(&[], &["toc-without-page src/toc.yaml:3:7"]);
    assert_eq!(folder.ladder(&["check"]).status, Some(1));
}

#[test]
fn an_include_that_is_not_there_is_an_error() {
    let folder = Folder::book();
    std::fs::remove_file(folder.path("manifests/settings/settings.yaml")).expect("removed");
    folder.finds(
        &[],
        &[
            "include-missing src/en/settings.md:6:12",
            "include-missing src/zh/settings.md:6:12",
        ],
    );
}

#[test]
fn an_include_that_leaves_the_book_is_an_error() {
    let folder = Folder::book();
    for language in ["zh", "en"] {
        folder.replace(
            &format!("src/{language}/settings.md"),
            "../../manifests/settings/settings.yaml",
            "../../../../etc/passwd",
        );
    }
    folder.finds(
        &[],
        &[
            "include-outside src/en/settings.md:6:12",
            "include-outside src/zh/settings.md:6:12",
        ],
    );
}

#[test]
fn a_folder_is_searched_for_four_kinds_of_files() {
    let folder = Folder::new();
    for name in [
        "a.yaml",
        "b.yml",
        "deep/er/d.yaml",
        ".hidden/e.yaml",
        ".f.yaml",
        "target/g.yaml",
        "h.txt",
    ] {
        folder.write(name, WRONG);
    }
    folder.write(
        "c.json",
        r#"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "date": {}}"#,
    );
    folder.write("page.md", format!("# Page\n\n```yaml\n{WRONG}```\n"));
    let expected = [
        "unknown-field a.yaml:5:1",
        "unknown-field b.yml:5:1",
        "unknown-field c.json:1:70",
        "unknown-field deep/er/d.yaml:5:1",
        "unknown-field page.md:8:1",
    ];
    folder.finds(&["."], &expected);
}

#[test]
fn a_book_named_as_a_folder_is_as_clean_as_by_itself() {
    let folder = Folder::book();
    let run = folder.ladder(&["check", ".", "--deny", "warnings"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{run:?}");
}

#[test]
fn a_thousand_files_are_each_told_of() {
    let folder = Folder::new();
    for number in 0..1_000 {
        folder.write(
            &format!("{number}.yaml"),
            format!("{WRONG}---\n").repeat(10),
        );
    }
    let document = folder.json(&["."]);
    assert_eq!(document["findings"].as_array().map(Vec::len), Some(10_000));
}

#[test]
fn a_file_that_is_named_is_checked_whatever_its_name() {
    let folder = Folder::new();
    folder.write(".hidden/manifest.txt", WRONG).finds(
        &[".hidden/manifest.txt"],
        &["unknown-field .hidden/manifest.txt:5:1"],
    );
}

#[test]
fn a_file_that_is_named_twice_is_checked_once() {
    let folder = Folder::new();
    folder.write("a.yaml", WRONG);
    assert_eq!(folder.json(&["a.yaml", ".", "./a.yaml"])["files"], 1);
}

#[test]
fn standard_input_is_a_file_without_a_name() {
    let run = Folder::new().fed(&["check", "-"], WRONG, &[]);
    assert!(run.stdout.contains(" --> <stdin>:5:1\n"), "{run:?}");
    assert_eq!(run.status, Some(1));
}

#[test]
fn an_empty_folder_is_clean_and_says_how_little_was_checked() {
    let run = Folder::new().ladder(&["check", "."]);
    assert_eq!(
        (run.status, run.stderr.as_str()),
        (Some(0), "no findings in 0 files, 0 manifests\n")
    );
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_are_no_hindrance() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder.write("a/one.yaml", RIGHT);
    symlink(folder.path("a"), folder.path("a/again")).expect("a link");
    symlink(folder.path("b.yaml"), folder.path("b.yaml")).expect("a link");
    symlink(folder.path("a/one.yaml"), folder.path("c.yaml")).expect("a link");
    let document = folder.json(&["."]);
    assert_eq!(
        (&document["files"], &document["findings"]),
        (&1.into(), &serde_json::json!([]))
    );
}

#[test]
fn a_reader_that_stops_early_ends_it_quietly() {
    let folder = Folder::new();
    folder.write("many.yaml", format!("{WRONG}---\n").repeat(5_000));
    let mut child = command(&folder.path(""))
        .args(["check", "many.yaml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "5000 errors in 1 file, 5000 manifests\n"
    );
}
