//! A small book and a cluster that is played: what each test says about both is all that there is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// What a cluster answers that has nothing in it.
const EMPTY_CLUSTER: &str = "\
$ config get-contexts -o name
> kind-kind
> shop-production
$ config view --raw --minify --flatten *
> apiVersion: v1
$ config set-context --current *
$ config view --minify -o jsonpath={..namespace}
> ladder
$ version --request-timeout=10s
> Client Version: v1.37.2
> Server Version: v1.37.2
$ get nodes -o jsonpath={.items\\[\\*\\].metadata.name}
> kind-control-plane kind-worker kind-worker2
$ get namespaces -l *
$ get all,* -l *
$ get persistentvolumes,* -l *
$ get nodes -o jsonpath=*
$ get namespace ladder --ignore-not-found *
$ create -f -
> namespace/ladder created
$ get serviceaccount default *
> serviceaccount/default
$ delete namespace ladder *
$ get secrets -o json
> {\"items\": []}
";

/// A book of one page, and a cluster.
pub(crate) struct Stage {
    folder: TempDir,
}

/// How a run ended.
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) result: String,
    pub(crate) told: String,
}

impl Stage {
    /// A page with this block, in both languages, and what the cluster answers to its commands.
    pub(crate) fn new(block: &str, answers: &str) -> Stage {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let stage = Stage { folder };
        for path in ["src/zh", "src/en", "manifests/pods", "program"] {
            fs::create_dir_all(stage.at(path)).expect("a folder");
        }
        stage.write("book.toml", "[book]\ntitle = \"A book\"\n");
        stage.write("src/toc.yaml", "- first-breath:\n    - pods\n");
        stage.write(
            "src/zh/pods.md",
            &format!("# 容器组\n\n先看看。\n\n```console\n{block}```\n"),
        );
        stage.write(
            "src/en/pods.md",
            &format!("# Pods\n\nLook first.\n\n```console\n{block}```\n"),
        );
        stage.write("answers", &format!("{answers}{EMPTY_CLUSTER}"));
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/run/kubectl");
        fs::copy(program, stage.at("program/kubectl")).expect("the kubectl of the tests");
        stage
    }

    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.at(path), text).expect("a file is written");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_default()
    }

    /// Puts an answer before all others.
    pub(crate) fn answer(&self, answer: &str) {
        let answers = self.read("answers");
        let pattern = answer.lines().next().unwrap_or_default();
        // Of those that fit, each answers once: the old one goes.
        let old = answers
            .find(&format!("{pattern}\n"))
            .map_or(answers.clone(), |at| {
                let end = answers[at + 1..]
                    .find("\n$ ")
                    .map_or(answers.len(), |end| at + 1 + end + 1);
                format!("{}{}", &answers[..at], &answers[end..])
            });
        self.write("answers", &format!("{answer}{old}"));
    }

    /// What kubectl was asked, one command a line.
    pub(crate) fn asked(&self) -> String {
        self.read("asked")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ladder"));
        let path = format!(
            "{}:{}",
            self.at("program").display(),
            std::env::var("PATH").unwrap_or_default()
        );
        command
            .arg("run")
            .args(arguments)
            .current_dir(self.folder.path())
            .env("PATH", path)
            .env("FAKE_KUBECTL", self.folder.path())
            .env("LC_ALL", "C");
        command
    }

    /// Runs with these arguments to the end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(&self.command(arguments).output().expect("the command runs"))
    }

    /// Runs the page on the cluster.
    pub(crate) fn play(&self) -> Ran {
        self.run(&["--on", "context:kind-kind", "--wait", "0"])
    }
}

pub(crate) fn ran(output: &Output) -> Ran {
    Ran {
        status: output.status.code(),
        result: String::from_utf8_lossy(&output.stdout).into_owned(),
        told: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
