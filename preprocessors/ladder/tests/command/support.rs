//! A folder for one test, the smallest book, and the command called in it.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A manifest without a mistake.
pub(crate) const RIGHT: &str =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: blue\n";

/// The same with an unknown field at line 5, column 1.
pub(crate) const WRONG: &str =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndate:\n  colour: blue\n";

/// A folder that is gone when the test is over.
pub(crate) struct Folder(TempDir);

/// What a call of the command left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A book without a finding: one rung, one chapter with a manifest, both languages, all lists fresh.
    pub(crate) fn book() -> Folder {
        let folder = Folder::new();
        folder.write("book.toml", "[book]\nsrc = \"src/zh\"\n");
        folder.write(
            "src/toc.yaml",
            "# The order.\n- first-breath:\n    - settings # the first\n",
        );
        folder.write("manifests/settings/settings.yaml", RIGHT);
        for (language, preface, rung, chapter) in [
            ("zh", "前言", "炼气", "设置"),
            ("en", "Preface", "First breath", "Settings"),
        ] {
            folder.write(
                &format!("src/{language}/index.md"),
                format!("# {preface}\n"),
            );
            folder.write(
                &format!("src/{language}/first-breath.md"),
                format!("# {rung}\n"),
            );
            let page = format!(
                "# {chapter}\n\n## {chapter} {{#one}}\n\n```yaml\n{{{{#include ../../manifests/settings/settings.yaml}}}}\n```\n"
            );
            folder.write(&format!("src/{language}/settings.md"), &page);
        }
        let run = folder.ladder(&["toc"]);
        assert_eq!(run.status, Some(0), "{run:?}");
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Folder {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file in the folder")).expect("a folder");
        fs::write(path, content).expect("a file");
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn replace(&self, name: &str, old: &str, new: &str) -> &Folder {
        let text = self.read(name);
        assert!(text.contains(old), "{name} has no `{old}`");
        self.write(name, text.replace(old, new))
    }

    /// Every file with its content, sorted: what must be the same where nothing may have happened.
    pub(crate) fn all(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let entries = walkdir::WalkDir::new(self.0.path())
            .sort_by_file_name()
            .into_iter();
        let entries = entries.map(|entry| entry.expect("an entry").into_path());
        entries
            .map(|path| (path.clone(), fs::read(&path).unwrap_or_default()))
            .collect()
    }

    /// Calls the command in this folder, in English.
    pub(crate) fn ladder(&self, arguments: &[&str]) -> Run {
        self.fed(arguments, "", &[])
    }

    /// Calls the command with this as its standard input and environment.
    pub(crate) fn fed(&self, arguments: &[&str], input: &str, environment: &[(&str, &str)]) -> Run {
        let mut child = command(self.0.path())
            .args(arguments)
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut stdin = child.stdin.take().expect("standard input");
        let _ = stdin.write_all(input.as_bytes()); // a command that does not read it closes it
        drop(stdin);
        Run::of(child.wait_with_output().expect("the command ends"))
    }

    /// The document of `check --format json`.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let run = self.ladder(&[&["check", "--format", "json"], arguments].concat());
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
    }

    /// `code file:line:column` of each finding.
    #[track_caller]
    pub(crate) fn finds(&self, arguments: &[&str], expected: &[&str]) {
        let document = self.json(arguments);
        let findings = document["findings"].as_array().expect("a list of findings");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let found = findings.iter().map(|finding| {
            format!(
                "{} {}:{}:{}",
                text(&finding["code"]),
                text(&finding["file"]),
                finding["line"],
                finding["column"]
            )
        });
        assert_eq!(found.collect::<Vec<_>>(), expected, "{document:#}");
    }
}

impl Run {
    fn of(output: Output) -> Run {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Run {
            status: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// It could not run, and says so in a line of what and a line of what to do.
    #[track_caller]
    pub(crate) fn is_fault(&self, what: &str, to_do: &str) {
        assert_eq!(self.stdout, "", "{self:?}");
        let lines: Vec<&str> = self.stderr.lines().collect();
        assert_eq!(lines, [format!("error: {what}"), format!("help: {to_do}")]);
        assert_eq!(self.status, Some(2));
    }
}

/// The command in a folder, without what the machine's own settings would change.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ladder"));
    command.current_dir(folder);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"] {
        command.env_remove(name);
    }
    command
}
