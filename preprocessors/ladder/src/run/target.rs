//! The one door to whatever runs a page's commands: these bytes in, status and output out.
//!
//! Knows no cluster. Behind the door stands `shell.rs` with the reader's own `kubectl`; another kind of cluster can stand in its
//! place. Next: `play.rs` goes through the door, step by step.

use std::time::Duration;

/// Runs commands.
pub(crate) trait Target {
    /// Runs a command as it stands in a page, for as long as `limit`. Only what keeps it from running is an error.
    fn run(&mut self, command: &str, limit: Duration) -> Result<Answer, Stopped>;
}

/// What a command left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: i32,
    /// What it printed, complaints included, as a terminal would show it.
    pub(crate) output: String,
}

/// Why a command has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// It did not end in time; what it had printed by then.
    Hangs(String),
    /// Ctrl-C.
    Interrupted,
    /// The page's shell does not have what the command asks for.
    Beyond(String),
    /// The program of this name is not there.
    Missing(String),
    /// The machine's own reason.
    Machine(String),
}
