//! Plays a script: runs its commands in order, compares, and tries again for as long as a cluster may need to get there.
//!
//! Knows neither kubectl nor terminals: the [`Target`] runs, the [`Watcher`] looks on. Next: `compare.rs`.

use super::compare::Expected;
use super::script::{Act, Script, Step};
use super::shape::{Bound, World};
use super::target::{Answer, Stopped, Target};
use crate::build::interrupt;
use anyhow::Result;
use std::time::{Duration, Instant};

/// How long is waited for what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// For a command to end.
    pub(crate) command: Duration,
    /// For an output that comes to be what the page says.
    pub(crate) converge: Duration,
}

/// What happened to one command.
#[derive(Debug)]
pub(crate) struct Played<'s> {
    pub(crate) step: &'s Step,
    pub(crate) answer: Answer,
    /// What each edition expects.
    pub(crate) expected: Vec<Expected>,
    /// The editions that say otherwise.
    pub(crate) differs: Vec<usize>,
    pub(crate) bound: Bound,
    pub(crate) time: Duration,
}

/// What happens around each command.
pub(crate) trait Watcher {
    /// Before it runs.
    fn before(&mut self, step: &Step) -> Result<()>;
    /// Each time that it has run.
    fn after(&mut self, step: &Step, answer: &Answer) -> Result<()>;
    /// When its outcome stands.
    fn done(&mut self, played: &Played<'_>) -> Result<()>;
}

/// Why a script was not played to its end.
pub(crate) enum Ended {
    /// Of this command nothing can be said.
    Stopped(Stopped, String),
    /// What happens around it failed.
    Fault(anyhow::Error),
}

impl From<anyhow::Error> for Ended {
    fn from(error: anyhow::Error) -> Ended {
        Ended::Fault(error)
    }
}

/// Runs the script's commands.
pub(crate) fn play<'s>(
    script: &'s Script,
    target: &mut dyn Target,
    world: &World,
    patience: Patience,
    watcher: &mut dyn Watcher,
) -> Result<Vec<Played<'s>>, Ended> {
    let mut bound = vec![Bound::new(); script.editions.len()];
    let mut all: Vec<Played<'s>> = Vec::new();
    for act in &script.acts {
        match act {
            Act::Wait(seconds) => wait(Duration::from_secs(*seconds))
                .map_err(|stopped| Ended::Stopped(stopped, String::new()))?,
            Act::Step(step) => {
                // What differs after a difference is its consequence, mostly: it is not waited for as long.
                let failed = all.iter().any(|played| !played.differs.is_empty());
                let converge = if failed {
                    patience.converge / 10
                } else {
                    patience.converge
                };
                let played = run(
                    step,
                    target,
                    world,
                    Patience {
                        converge,
                        ..patience
                    },
                    &mut bound,
                    watcher,
                )?;
                watcher.done(&played)?;
                all.push(played);
            }
        }
    }
    Ok(all)
}

fn run<'s>(
    step: &'s Step,
    target: &mut dyn Target,
    world: &World,
    patience: Patience,
    bound: &mut [Bound],
    watcher: &mut dyn Watcher,
) -> Result<Played<'s>, Ended> {
    let stopped = |stopped| Ended::Stopped(stopped, step.command.clone());
    let expected: Vec<Expected> = step
        .printed
        .iter()
        .map(|printed| {
            Expected::new(
                &step.command,
                &printed
                    .lines
                    .iter()
                    .map(|(_, line)| line.as_str())
                    .collect::<Vec<_>>(),
                world,
            )
        })
        .collect();
    watcher.before(step)?;
    let started = Instant::now();
    loop {
        let answer = target
            .run(&step.command, patience.command)
            .map_err(stopped)?;
        watcher.after(step, &answer)?;
        let same = |edition: usize, bound: &mut Bound| {
            step.printed[edition].status == answer.status
                && expected[edition].is(&answer.output, bound)
        };
        let mut now = bound.to_vec();
        let differs: Vec<usize> = (0..expected.len())
            .filter(|edition| !same(*edition, &mut now[*edition]))
            .collect();
        let time = started.elapsed();
        if differs.is_empty() || !converges(step) || time >= patience.converge {
            let known = differs
                .first()
                .map(|edition| bound[*edition].clone())
                .unwrap_or_default();
            bound.clone_from_slice(&now);
            return Ok(Played {
                step,
                answer,
                expected,
                differs,
                bound: known,
                time,
            });
        }
        wait(Duration::from_millis(500)).map_err(stopped)?;
    }
}

/// Whether a command may be run again until it prints what the page says: it only reads.
fn converges(step: &Step) -> bool {
    let words = step.words();
    let Some(words) = words.strip_prefix(&["kubectl"]) else {
        return false;
    };
    let verb = words.iter().find(|word| !word.starts_with('-'));
    let inside = words
        .iter()
        .position(|word| *word == "--")
        .and_then(|at| words.get(at + 1));
    match verb {
        Some(
            &("get" | "describe" | "events" | "logs" | "top" | "explain" | "api-resources"
            | "api-versions" | "version" | "auth" | "diff"),
        ) => !words
            .iter()
            .any(|word| matches!(*word, "-w" | "--watch" | "-f" | "--follow")),
        Some(&"rollout") => words.contains(&"history"),
        Some(&"exec") => inside.is_some_and(|program| {
            matches!(
                *program,
                "wget" | "nslookup" | "cat" | "ls" | "env" | "printenv" | "hostname" | "curl"
            )
        }),
        _ => false,
    }
}

/// Lets time pass, unless somebody presses Ctrl-C.
fn wait(time: Duration) -> Result<(), Stopped> {
    let started = Instant::now();
    while started.elapsed() < time {
        if interrupt::asked() {
            return Err(Stopped::Interrupted);
        }
        std::thread::sleep(Duration::from_millis(20).min(time));
    }
    Ok(())
}
