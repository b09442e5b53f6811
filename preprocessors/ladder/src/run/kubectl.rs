//! The reader's own `kubectl` and the one context that was named: found, asked for its version, and kept apart.
//!
//! Works on a copy of the kubeconfig that holds this context only; the reader's own is read and never written. Knows no page.
//! Next: `room.rs` makes a namespace with it.

use super::process::{self, Order};
use super::target::Stopped;
use crate::words::fault;
use anyhow::Result;
use ladder_manifest::Language;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// The reader's own, wherever it stands in PATH.
const PROGRAM: &str = "kubectl";
/// What the folders of runs are called, before the number of their process.
const FOLDER: &str = "ladder-run-";
/// How long a question of our own may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// `kubectl` with one context of a kubeconfig of its own.
pub(crate) struct Kubectl {
    pub(crate) program: String,
    pub(crate) context: String,
    pub(crate) client: String,
    pub(crate) server: String,
    /// The nodes' names.
    pub(crate) nodes: Vec<String>,
    language: Language,
    folder: TempDir,
}

/// What `kubectl` answered.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) output: String,
    pub(crate) complaints: String,
}

impl Said {
    pub(crate) fn well(&self) -> bool {
        self.status == 0
    }

    /// The words of standard output.
    pub(crate) fn words(&self) -> Vec<String> {
        self.output.split_whitespace().map(str::to_owned).collect()
    }

    /// The first line that says why it went wrong, without klog's own lines.
    pub(crate) fn reason(&self) -> String {
        let mut lines = self
            .complaints
            .lines()
            .filter(|line| !line.trim().is_empty());
        let said = lines.clone().find(|line| !is_log(line)).or(lines.next());
        said.unwrap_or("no reason given")
            .trim_start_matches("error: ")
            .to_owned()
    }
}

/// klog's lines: `E1125 09:00:48.000000    123 memcache.go:265] …`.
fn is_log(line: &str) -> bool {
    let mut characters = line.chars();
    characters
        .next()
        .is_some_and(|first| "EWIF".contains(first))
        && characters.take(4).all(|digit| digit.is_ascii_digit())
}

impl Kubectl {
    /// Finds `kubectl`, takes the context out of the kubeconfig, and makes sure that the cluster answers.
    pub(crate) fn connect(context: &str, language: Language) -> Result<Kubectl> {
        forget_killed_runs();
        let folder = tempfile::Builder::new()
            .prefix(&format!("{FOLDER}{}-", std::process::id()))
            .tempdir()
            .map_err(|error| {
                fault(
                    language,
                    "fault.run-folder",
                    &[("reason", error.to_string())],
                )
            })?;
        let mut kubectl = Kubectl {
            program: PROGRAM.to_owned(),
            context: context.to_owned(),
            client: String::new(),
            server: String::new(),
            nodes: Vec::new(),
            language,
            folder,
        };
        kubectl.take_context()?;
        kubectl.greet()?;
        let nodes = kubectl.ask(&["get", "nodes", "-o", "jsonpath={.items[*].metadata.name}"])?;
        kubectl.nodes = if nodes.well() {
            nodes.words()
        } else {
            Vec::new()
        };
        Ok(kubectl)
    }

    /// Copies what the context needs, with its keys, into a kubeconfig of our own.
    fn take_context(&mut self) -> Result<()> {
        let known = self.start(&["config", "get-contexts", "-o", "name"], &[], &[], false)?;
        let names = known.words();
        if !names.contains(&self.context) {
            let listed = if names.is_empty() {
                "—".to_owned()
            } else {
                names.join(", ")
            };
            let arguments = [("context", self.context.clone()), ("known", listed)];
            return Err(fault(self.language, "fault.context", &arguments));
        }
        let context = format!("--context={}", self.context);
        let taken = self.start(
            &["config", "view", "--raw", "--minify", "--flatten", &context],
            &[],
            &[],
            false,
        )?;
        let written = private(&self.kubeconfig(), &taken.output);
        written.map_err(|error| {
            fault(
                self.language,
                "fault.run-folder",
                &[("reason", error.to_string())],
            )
        })
    }

    fn greet(&mut self) -> Result<()> {
        let said = self.ask(&["version", "--request-timeout=10s"])?;
        let version = |of: &str| {
            said.output
                .lines()
                .find_map(|line| line.strip_prefix(of))
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        self.client = version("Client Version:");
        self.server = version("Server Version:");
        if !said.well() {
            let arguments = [("context", self.context.clone()), ("reason", said.reason())];
            return Err(fault(self.language, "fault.unreachable", &arguments));
        }
        Ok(())
    }

    /// The kubeconfig of this run, which no page sees.
    fn kubeconfig(&self) -> PathBuf {
        self.folder.path().join("kubeconfig")
    }

    /// The copy that a page works with, and may spoil.
    fn page_kubeconfig(&self) -> PathBuf {
        self.folder.path().join("kubeconfig-of-page")
    }

    /// What is kept aside for this run, and goes with it.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the programs of a page must see so that `kubectl` means this context.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        environment(&self.page_kubeconfig())
    }

    /// A page begins: with a kubeconfig as if nobody had touched it, in this namespace.
    pub(crate) fn begin_page(&self, namespace: &str) -> Result<()> {
        let copied = fs::read_to_string(self.kubeconfig())
            .and_then(|text| private(&self.page_kubeconfig(), &text));
        copied.map_err(|error| {
            fault(
                self.language,
                "fault.run-folder",
                &[("reason", error.to_string())],
            )
        })?;
        let namespace = format!("--namespace={namespace}");
        self.ask_as_page(&["config", "set-context", "--current", &namespace])
            .map(drop)
    }

    /// Asks as the page would: in the namespace that it is in now.
    pub(crate) fn ask_as_page(&self, arguments: &[&str]) -> Result<Said> {
        self.start(arguments, &[], &self.environment(), true)
    }

    /// Asks the cluster.
    pub(crate) fn ask(&self, arguments: &[&str]) -> Result<Said> {
        self.start(arguments, &[], &environment(&self.kubeconfig()), false)
    }

    /// Sends a manifest. Ctrl-C does not end it: it must be known whether something was made.
    pub(crate) fn send(&self, arguments: &[&str], manifest: &str) -> Result<Said> {
        self.start(
            arguments,
            manifest.as_bytes(),
            &environment(&self.kubeconfig()),
            true,
        )
    }

    /// Asks the cluster while cleaning up: Ctrl-C does not end it.
    pub(crate) fn ask_in_the_end(&self, arguments: &[&str]) -> Result<Said> {
        self.start(arguments, &[], &environment(&self.kubeconfig()), true)
    }

    fn start(
        &self,
        arguments: &[&str],
        input: &[u8],
        environment: &[(String, String)],
        in_the_end: bool,
    ) -> Result<Said> {
        let arguments: Vec<String> = arguments
            .iter()
            .map(|argument| (*argument).to_owned())
            .collect();
        let order = Order {
            program: &self.program,
            arguments: &arguments,
            folder: Path::new("."),
            environment,
            input,
            limit: if in_the_end { PATIENCE * 4 } else { PATIENCE },
            in_spite_of_interrupt: in_the_end,
        };
        let ended = process::run_apart(&order)
            .map_err(|stopped| stopped_fault(self.language, &stopped, &arguments.join(" ")))?;
        Ok(Said {
            status: ended.status,
            output: String::from_utf8_lossy(&ended.output).into_owned(),
            complaints: String::from_utf8_lossy(&ended.complaints).into_owned(),
        })
    }
}

/// `kubectl` with this kubeconfig, in English, with an editor that changes nothing.
fn environment(kubeconfig: &Path) -> Vec<(String, String)> {
    let kubeconfig = kubeconfig.display().to_string();
    let values = [
        ("KUBECONFIG", kubeconfig.as_str()),
        ("KUBE_EDITOR", "cat"),
        ("LC_ALL", "C.UTF-8"),
        ("LANGUAGE", "C"),
    ];
    values
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

/// A run that was killed leaves its folder, and keys in it. Where this machine can tell that nobody uses it, it goes.
fn forget_killed_runs() {
    let processes = Path::new("/proc");
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = name
            .strip_prefix(FOLDER)
            .and_then(|rest| rest.split('-').next())
            .and_then(|digits| digits.parse::<u32>().ok());
        if process.is_some_and(|process| {
            processes.join("self").exists() && !processes.join(process.to_string()).exists()
        }) {
            // Somebody else's folder cannot be removed, and need not be.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Why a command had no answer, for people.
pub(crate) fn stopped_fault(language: Language, stopped: &Stopped, command: &str) -> anyhow::Error {
    let command = command.lines().next().unwrap_or_default().to_owned();
    let (key, arguments) = match stopped {
        Stopped::Hangs(_) => ("fault.hangs", vec![("command", command)]),
        Stopped::Interrupted => ("fault.interrupted", vec![]),
        Stopped::Beyond(what) => (
            "fault.beyond",
            vec![("command", command), ("what", what.clone())],
        ),
        Stopped::Missing(program) if program.ends_with("kubectl") => {
            ("fault.no-kubectl", vec![("program", program.clone())])
        }
        Stopped::Missing(program) => ("fault.no-program", vec![("program", program.clone())]),
        Stopped::Machine(reason) => (
            "fault.machine",
            vec![("command", command), ("reason", reason.clone())],
        ),
    };
    fault(language, key, &arguments)
}

/// Keys are in it: nobody else may read it.
fn private(file: &Path, text: &str) -> std::io::Result<()> {
    fs::write(file, "")?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(file, fs::Permissions::from_mode(0o600))?;
    }
    fs::write(file, text)
}
