//! Tells how a run goes and how it ended: progress on standard error, differences and the summary on standard output.
//!
//! Everything that a cluster printed goes through `secrets.rs` first. Knows no cluster.

use super::compare::{self, Beside};
use super::play::Played;
use super::script::{Edition, Script};
use super::secrets::Secrets;
use crate::terminal;
use crate::words::say;
use ladder_manifest::Language;
use std::time::Duration;

/// How much of a command a line of progress shows.
const WIDTH: usize = 72;

/// What all pages came to.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    pub(crate) pages: usize,
    pub(crate) commands: usize,
    pub(crate) differ: usize,
    pub(crate) shown_only: usize,
    pub(crate) recorded: usize,
    pub(crate) time: Duration,
}

/// A page begins.
pub(crate) fn begin(script: &Script) {
    let files: Vec<String> = script
        .editions
        .iter()
        .map(|edition| edition.file.display().to_string())
        .collect();
    terminal::tell(&files.join(", "));
}

/// A command has run.
pub(crate) fn progress(played: &Played<'_>) {
    let mark = if played.differs.is_empty() {
        "✓"
    } else {
        "✗"
    };
    let line = played
        .step
        .printed
        .first()
        .map_or(0, |printed| printed.line);
    let command = played.step.command.lines().next().unwrap_or_default();
    let cut: String = command.chars().take(WIDTH).collect();
    let more = if cut.len() < played.step.command.len() {
        "…"
    } else {
        ""
    };
    terminal::tell(&format!(
        "  {mark} {:>6.1}s {line:>5}  {cut}{more}",
        played.time.as_secs_f64()
    ));
}

/// What one command printed otherwise than an edition says: the page's own lines, with what is missing and what came instead.
pub(crate) fn difference(
    played: &Played<'_>,
    number: usize,
    edition: &Edition,
    secrets: &Secrets,
    language: Language,
) -> String {
    let (printed, answer) = (&played.step.printed[number], &played.answer);
    let command = played.step.command.lines().next().unwrap_or_default();
    let mut said = format!(
        "{}:{}: $ {}\n",
        edition.file.display(),
        printed.line,
        secrets.mask(command)
    );
    let masked = secrets.mask(&answer.output);
    let got = compare::printed(&masked);
    for line in played.expected[number].beside(&answer.output, &played.bound) {
        let (line, mark, text) = match line {
            Beside::Same(page, _) => (Some(page), ' ', &printed.lines[page].1[..]),
            Beside::Missing(page) if printed.lines[page].1 == "..." => (Some(page), ' ', "..."),
            Beside::Missing(page) => (Some(page), '-', &printed.lines[page].1[..]),
            Beside::Extra(here) => (None, '+', got[here]),
        };
        let at = line
            .map(|line| printed.lines[line].0.to_string())
            .unwrap_or_default();
        said.push_str(format!("{at:>5} {mark} {}", secrets.mask(text)).trim_end());
        said.push('\n');
    }
    if printed.status != answer.status {
        let arguments = [
            ("expected", printed.status.to_string()),
            ("got", answer.status.to_string()),
        ];
        said.push_str(&format!(
            "      {}\n",
            say(language, "run.status", &arguments)
        ));
    }
    said
}

/// What the marks of a difference mean, and the sum of it all.
pub(crate) fn summary(totals: &Totals, cluster: &str, language: Language) -> String {
    let count = |key: &str, number: usize| match number {
        1 => say(language, &format!("{key}.one"), &[]),
        _ => say(
            language,
            &format!("{key}.many"),
            &[("count", number.to_string())],
        ),
    };
    let arguments = [
        ("commands", count("run.commands", totals.commands)),
        ("pages", count("run.pages", totals.pages)),
        ("cluster", cluster.to_owned()),
        ("seconds", format!("{:.0}", totals.time.as_secs_f64())),
        ("differ", count("run.differences", totals.differ)),
    ];
    let key = if totals.differ == 0 {
        "run.same"
    } else {
        "run.differ"
    };
    let mut said = say(language, key, &arguments);
    if totals.shown_only > 0 {
        said.push_str(&format!("\n{}", count("run.shown-only", totals.shown_only)));
    }
    if totals.recorded > 0 {
        said.push_str(&format!(
            "\n{}",
            say(
                language,
                "run.recorded",
                &[
                    ("pages", count("run.pages", totals.recorded)),
                    ("cluster", cluster.to_owned())
                ]
            )
        ));
    }
    said.push('\n');
    said
}
