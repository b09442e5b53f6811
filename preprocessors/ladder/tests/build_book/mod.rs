//! Books to build, and the command that builds them, as a reader of the repository has it.
#![allow(dead_code, reason = "each test program uses its part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;
use walkdir::WalkDir;

/// The folder of the real book.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the book's folder")
}

/// The command in a folder.
pub(crate) fn ladder(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ladder"));
    command
        .current_dir(folder)
        .args(arguments)
        .env("LC_ALL", "C");
    command
}

/// Runs it to its end.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    ladder(folder, arguments)
        .output()
        .expect("the command runs")
}

/// What it said, on both channels.
pub(crate) fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// A small book of its own: a preface, a rung, a chapter with a manifest, and the theme of the real one.
pub(crate) fn small_book() -> TempDir {
    let book = tempfile::tempdir().expect("a temporary folder");
    let at = |path: &str| book.path().join(path);
    for folder in ["src/zh", "src/en", "manifests/pods", "theme/fonts"] {
        fs::create_dir_all(at(folder)).expect("a folder");
    }
    fs::copy(root().join("book.toml"), at("book.toml")).expect("book.toml");
    for file in files(&root().join("theme"))
        .keys()
        .filter(|file| !file.starts_with("drawings"))
    {
        fs::copy(root().join("theme").join(file), at("theme").join(file))
            .expect("a file of the theme");
    }
    let manifest = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: nginx:1.30\n";
    for (file, text) in [
        ("src/toc.yaml", "- first-breath:\n    - pods\n"),
        ("src/zh/index.md", "# 前言\n\n欢迎。\n谁都欢迎。\n"),
        ("src/en/index.md", "# Preface\n\nWelcome.\n"),
        ("src/zh/first-breath.md", "# 炼气 · 入门\n\n第一级。\n"),
        (
            "src/en/first-breath.md",
            "# First Breath · Beginner\n\nThe first rung.\n",
        ),
        (
            "src/zh/pods.md",
            "# 容器组\n\n> [!NOTE]\n> 小心。\n\n## 一个 {#one}\n\n```yaml\n{{#include ../../manifests/pods/pod.yaml}}\n```\n",
        ),
        (
            "src/en/pods.md",
            "# Pods\n\n> [!NOTE]\n> Take care.\n\n## One {#one}\n\n```yaml\n{{#include ../../manifests/pods/pod.yaml}}\n```\n",
        ),
        ("manifests/pods/pod.yaml", manifest),
    ] {
        fs::write(at(file), text).expect("a file");
    }
    let listed = run(book.path(), &["toc"]);
    assert!(listed.status.success(), "{}", said(&listed));
    book
}

/// Every file below a folder by its path with `/`, and its bytes.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry
                .path()
                .strip_prefix(folder)
                .expect("below the folder")
                .to_string_lossy()
                .replace('\\', "/");
            (name, fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

/// The names in a folder, hidden ones too.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// Asks a process to stop, as Ctrl-C does.
#[cfg(unix)]
pub(crate) fn interrupt(process: u32) {
    let status = Command::new("kill")
        .args(["-INT", &process.to_string()])
        .status()
        .expect("kill runs");
    assert!(status.success());
}
