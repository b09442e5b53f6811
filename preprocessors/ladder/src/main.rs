//! The command line of k8s-ladder: builds, checks and serves the book, and checks manifests anywhere.
//!
//! The only program that knows the terminal, the network and processes. Each subcommand is one file. Results go to stdout,
//! progress and logs to stderr. Next: `cli.rs` says what can be asked for, `check.rs` is the shortest way through.

mod build;
mod check;
mod cli;
mod explain;
mod new;
mod offline;
mod report;
mod run;
mod search;
mod serve;
mod site;
mod terminal;
mod toc;
mod words;
mod write;

use cli::Command;
use std::process::ExitCode;
use terminal::said;

/// How a command ended that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing to complain of.
    Clean,
    /// It said what is wrong with a book or a manifest.
    Findings,
    /// Ctrl-C.
    Interrupted,
}

fn main() -> ExitCode {
    let command = match cli::read() {
        Ok(command) => command,
        Err(status) => return status,
    };
    let result = match &command {
        Command::Build(options) => build::run(options),
        Command::Serve(options) => serve::run(options),
        Command::Check(options) => check::run(options),
        Command::Toc(options) => toc::run(options),
        Command::Explain(options) => explain::run(options),
        Command::New(options) => new::run(options),
        Command::Run(options) => run::run(options),
    };
    exit_code(result)
}

/// 0 clean, 1 findings, 2 could not run; 130 as a shell says it of Ctrl-C.
fn exit_code(result: anyhow::Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        Err(error) => {
            terminal::tell(&said(&error));
            ExitCode::from(2)
        }
    }
}
