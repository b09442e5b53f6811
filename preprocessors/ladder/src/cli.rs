//! What can be asked of `ladder`: its subcommands and their options.
//!
//! Knows words of the command line only; what they make happen is in the file of each subcommand.

use crate::{terminal, words};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};
use ladder_manifest::{Language, Version};
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads the command line. What cannot be read is told here, and leads to this exit status.
pub(crate) fn read() -> Result<Command, ExitCode> {
    let error = match Arguments::try_parse() {
        Ok(arguments) => {
            words::speak(arguments.command.speech().language());
            return Ok(arguments.command);
        }
        Err(error) => error,
    };
    match of_value(&error) {
        Some(fault) => terminal::tell(&terminal::said(&fault)),
        // Where nobody listens any more, nothing is left to be told.
        None => drop(error.print()),
    }
    Err(if error.use_stderr() {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    })
}

/// Builds, checks and serves a bilingual book about Kubernetes, and checks manifests anywhere.
///
/// Exit status: 0 clean, 1 findings, 2 could not run.
#[derive(Debug, Parser)]
#[command(name = "ladder", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the site of both languages, with its search
    Build(BuildOptions),
    /// Build, show the site to this machine, and reload on every save
    Serve(ServeOptions),
    /// Check the whole book, or the files and folders given
    Check(CheckOptions),
    /// Rewrite what is derived from the pages' headings: SUMMARY.md, lists of contents, README.md
    Toc(TocOptions),
    /// Say what a finding means, with a wrong and a right example
    Explain(ExplainOptions),
    /// Begin a chapter: both pages, a manifest, and its place in the order
    New(NewOptions),
    /// Execute the commands of pages on a real cluster and compare what they print
    Run(RunOptions),
}

impl Command {
    fn speech(&self) -> Speech {
        match self {
            Command::Build(options) => options.speech,
            Command::Serve(options) => options.speech,
            Command::Check(options) => options.speech,
            Command::Toc(options) => options.speech,
            Command::Explain(options) => options.speech,
            Command::New(options) => options.speech,
            Command::Run(options) => options.speech,
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct BuildOptions {
    /// Where the site is written; what stood there is replaced when the new one is whole
    #[arg(long, value_name = "DIR", default_value = "book")]
    pub(crate) output: PathBuf,
    /// Write k8s-ladder-offline.zip into it too
    #[arg(long)]
    pub(crate) offline: bool,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Args, Debug)]
pub(crate) struct ServeOptions {
    /// The port on 127.0.0.1
    #[arg(long, value_name = "N", default_value_t = 3000)]
    pub(crate) port: u16,
    /// Open the book in the browser
    #[arg(long)]
    pub(crate) open: bool,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Args, Debug)]
pub(crate) struct CheckOptions {
    /// Files (.md, .yaml, .yml, .json), folders, or - for standard input; without any, the whole book
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Kubernetes releases from 1.29 to 1.37, separated by commas, or all [default: the three supported ones]
    #[arg(long, value_name = "VERSIONS", value_parser = versions)]
    pub(crate) kubernetes: Option<Versions>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Let these fail the check as errors do
    #[arg(long, value_enum)]
    pub(crate) deny: Option<Deny>,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Args, Debug)]
pub(crate) struct TocOptions {
    /// Write nothing; say what is stale
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Args, Debug)]
pub(crate) struct ExplainOptions {
    /// The code of a finding; without one, all codes are listed
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Args, Debug)]
pub(crate) struct NewOptions {
    /// Name of the chapter in addresses and files: lower-case letters, digits and hyphens
    #[arg(value_name = "SLUG")]
    pub(crate) slug: String,
    /// The rung that it belongs to [default: the last one]
    #[arg(long, value_name = "RUNG")]
    pub(crate) rung: Option<String>,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

#[derive(Args, Debug)]
pub(crate) struct RunOptions {
    /// Pages by their slug (* stands for any characters), or .md and .console files; without any, all pages
    #[arg(value_name = "PAGE")]
    pub(crate) pages: Vec<String>,
    /// The cluster: a context of your kubeconfig, as context:NAME; twice, where the name looks like production
    #[arg(long, value_name = "context:NAME", value_parser = context)]
    pub(crate) on: Vec<String>,
    /// What pages may do beyond their own namespace and the book's small shell
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(crate) allow: Vec<Allowed>,
    /// How the outcome is written
    #[arg(long, value_enum, default_value_t = RunFormat::Text)]
    pub(crate) format: RunFormat,
    /// Write what is really printed into the pages, in all languages
    #[arg(long)]
    pub(crate) record: bool,
    /// Leave the namespace as it is in the end
    #[arg(long)]
    pub(crate) keep: bool,
    /// Stop before the first command behind this line
    #[arg(long, value_name = "LINE")]
    pub(crate) until: Option<usize>,
    /// What the namespace of a page is called [default: what the page calls it]
    #[arg(long, value_name = "NAME")]
    pub(crate) namespace: Option<String>,
    /// Seconds that a command may take
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub(crate) timeout: u64,
    /// Seconds in which an output may come to be what the page says
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub(crate) wait: u64,
    #[command(flatten)]
    pub(crate) speech: Speech,
}

/// How the outcome of a run is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RunFormat {
    /// For people: the lines of the page, with what differs marked
    Text,
    /// For programs: one document
    Json,
    /// For build servers
    Junit,
    /// For GitHub Actions: shown beside the changed lines
    Github,
}

/// What a page may do only where it was allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Allowed {
    /// Change nodes, namespaces and whatever belongs to the whole cluster
    ClusterScope,
    /// Use any shell: commands that are beyond the book's small shell go to bash
    Shell,
}

/// In which language a command speaks.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Speech {
    /// The language of findings and messages [default: that of LC_ALL, LC_MESSAGES or LANG]
    #[arg(long = "language", value_name = "zh|en", value_parser = language)]
    asked: Option<Language>,
}

impl Speech {
    /// What was asked for, or else what the terminal speaks.
    pub(crate) fn language(self) -> Language {
        self.asked.unwrap_or_else(words::language)
    }
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: the lines of the file, with what is wrong marked
    Text,
    /// For programs: one document
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For pull requests: workflow commands of GitHub Actions
    Github,
    /// For reports of tests: JUnit XML, a suite per file
    Junit,
}

/// What fails a check beside errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    Warnings,
}

/// A list of releases, oldest first, each once.
#[derive(Clone, Debug)]
pub(crate) struct Versions(pub(crate) Vec<Version>);

/// Reads `1.35,1.37` or `all`. The error of this and of [`language`] is what may be written instead.
fn versions(text: &str) -> Result<Versions, String> {
    if text == "all" {
        return Ok(Versions(Version::all().collect()));
    }
    let read = text.split(',').map(str::parse);
    let mut versions = read.collect::<Result<Vec<Version>, _>>().map_err(|_| {
        let (oldest, newest) = (Version::OLDEST, Version::NEWEST);
        let range = [
            ("oldest", oldest.to_string()),
            ("newest", newest.to_string()),
        ];
        words::say(words::language(), "fault.known-versions", &range)
    })?;
    versions.sort();
    versions.dedup();
    Ok(Versions(versions))
}

fn context(text: &str) -> Result<String, String> {
    text.strip_prefix("context:")
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .ok_or_else(|| "context:NAME".to_owned())
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_code(text).ok_or_else(|| "zh, en".to_owned())
}

/// A value that an option does not take, said as briefly as every other fault.
fn of_value(error: &clap::Error) -> Option<anyhow::Error> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let known = match error.kind() {
        ErrorKind::InvalidValue => text(ContextKind::ValidValue)?,
        ErrorKind::ValueValidation => error.source()?.to_string(),
        _ => return None,
    };
    let option = text(ContextKind::InvalidArg)?;
    let option = option
        .split([' ', '='])
        .next()
        .unwrap_or_default()
        .to_owned();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let arguments = [("value", value), ("option", option), ("known", known)];
    Some(words::fault(words::language(), "fault.value", &arguments))
}
