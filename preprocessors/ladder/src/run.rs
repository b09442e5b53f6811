//! `ladder run`: executes the console blocks of pages on a real cluster and compares what comes out.
//!
//! Puts the rooms together, and knows little itself: `script.rs` reads what is to be run, `kubectl.rs` reaches the cluster,
//! `room.rs` makes a place for each page and removes it, `shell.rs` runs commands behind the door of `target.rs`, `play.rs` goes
//! step by step, `compare.rs` and `shape.rs` tell what is the same, `report.rs` says it, `record.rs` writes it into the page.

mod compare;
mod formats;
mod kubectl;
mod play;
mod process;
mod record;
mod report;
mod room;
mod scope;
mod script;
mod secrets;
mod shape;
mod shell;
mod target;
pub(crate) use crate::Outcome;
use crate::build::interrupt;
use crate::cli::{Allowed, RunFormat, RunOptions};
use crate::terminal;
use crate::words::{fault, say};
use anyhow::Result;
use kubectl::Kubectl;
use ladder_manifest::Language;
use play::{Ended, Patience, Played, Watcher};
use report::Totals;
use room::Room;
use script::{Script, Step};
use secrets::Secrets;
use shape::World;
use shell::SmallShell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use target::{Answer, Stopped};

/// The context that the pages show.
const CONTEXT_IN_PAGES: &str = "kind-kind";
/// Parts of names that nobody gives a cluster for trying things out.
const PRODUCTION: [&str; 3] = ["prod", "prd", "live"];

/// Runs what the options name.
pub(crate) fn run(options: &RunOptions) -> Result<Outcome> {
    let language = options.speech.language();
    let context = context(options, language)?;
    let mut scripts = Script::all(&options.pages, language)?;
    if let Some(line) = options.until {
        scripts.iter_mut().for_each(|script| script.until(line));
    }
    for script in &scripts {
        allowed(script, options, language)?;
    }
    interrupt::listen(|| {})?;
    let kubectl = Kubectl::connect(context, language)?;
    let cluster = format!(
        "{context} (Kubernetes {}, kubectl {})",
        kubectl.server, kubectl.client
    );
    terminal::tell(&say(language, "run.on", &[("cluster", cluster.clone())]));
    room::sweep(&kubectl, language)?;
    let (mut totals, mut steps) = (Totals::default(), Vec::new());
    let started = Instant::now();
    for script in &scripts {
        match page(script, &kubectl, options, &mut totals, &mut steps) {
            Ok(()) => {}
            Err(Ended::Stopped(Stopped::Interrupted, _)) => return Ok(Outcome::Interrupted),
            Err(Ended::Stopped(stopped, command)) => {
                return Err(kubectl::stopped_fault(language, &stopped, &command));
            }
            Err(Ended::Fault(_)) if interrupt::asked() => return Ok(Outcome::Interrupted),
            Err(Ended::Fault(error)) => return Err(error),
        }
    }
    totals.time = started.elapsed();
    let summary = report::summary(&totals, &cluster, language);
    let document = match options.format {
        RunFormat::Text => summary,
        format => {
            terminal::tell(summary.trim_end());
            match format {
                RunFormat::Json => formats::json(&steps, &totals, &cluster),
                RunFormat::Junit => formats::junit(&steps)?,
                RunFormat::Github | RunFormat::Text => formats::github(&steps),
            }
        }
    };
    terminal::print(&document)?;
    Ok(if totals.differ == 0 {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}

/// The one context that was named; named twice where it looks like production.
fn context(options: &RunOptions, language: Language) -> Result<&str> {
    let Some(first) = options.on.first() else {
        return Err(fault(language, "fault.on", &[]));
    };
    let arguments = [("context", first.clone())];
    if options.on.iter().any(|other| other != first) {
        return Err(fault(language, "fault.two-contexts", &[]));
    }
    let name = first.to_lowercase();
    if options.on.len() < 2 && PRODUCTION.iter().any(|part| name.contains(part)) {
        return Err(fault(language, "fault.production", &arguments));
    }
    Ok(first)
}

/// A page that reaches beyond its namespace runs only where that was allowed.
fn allowed(script: &Script, options: &RunOptions, language: Language) -> Result<()> {
    let out = script.reaches_out();
    if options.allow.contains(&Allowed::ClusterScope)
        || (out.is_none() && !script.is_its_own_host())
    {
        return Ok(());
    }
    let step = out.or_else(|| script.steps().next());
    let line = step
        .and_then(|step| step.printed.first())
        .map_or(0, |printed| printed.line);
    let command = step.map(|step| step.command.lines().next().unwrap_or_default().to_owned());
    let file = script
        .editions
        .first()
        .map(|edition| edition.file.display().to_string());
    let arguments = [
        ("place", format!("{}:{line}", file.unwrap_or_default())),
        ("command", command.unwrap_or_default()),
    ];
    Err(fault(language, "fault.cluster-scope", &arguments))
}

/// Runs one page in a place of its own, which is removed whatever happens.
fn page(
    script: &Script,
    kubectl: &Kubectl,
    options: &RunOptions,
    totals: &mut Totals,
    steps: &mut Vec<formats::Step>,
) -> Result<(), Ended> {
    let language = options.speech.language();
    report::begin(script);
    let name = options.namespace.as_deref().unwrap_or(&script.home);
    let room = match script.is_its_own_host() {
        true => Room::whole_cluster(kubectl, options.keep, language)?,
        false => Room::make(kubectl, name, options.keep, language)?,
    };
    let mut shell = shell(script, kubectl, options)?;
    let world = world(script, kubectl, name);
    let patience = Patience {
        command: Duration::from_secs(options.timeout),
        converge: Duration::from_secs(options.wait),
    };
    let mut watcher = AtWork {
        room,
        kubectl,
        script,
        secrets: Secrets::default(),
        options,
        steps,
    };
    let played = play::play(script, &mut shell, &world, patience, &mut watcher)?;
    let AtWork { room, secrets, .. } = watcher;
    totals.pages += 1;
    totals.commands += played.len();
    totals.shown_only += script.shown_only;
    totals.differ += played
        .iter()
        .filter(|played| !played.differs.is_empty())
        .count();
    if options.record {
        totals.recorded += record::record(script, &played, &secrets, (page_name(script), name))?;
    }
    room.leave()?;
    Ok(())
}

/// The shell of a page, with the reader's kubectl behind it.
fn shell(script: &Script, kubectl: &Kubectl, options: &RunOptions) -> Result<SmallShell> {
    Ok(SmallShell {
        folder: folder(script, kubectl, options.speech.language())?,
        kubectl: kubectl.program.clone(),
        environment: kubectl.environment(),
        beyond_allowed: options.allow.contains(&Allowed::Shell),
        variables: BTreeMap::new(),
    })
}

/// A copy of the page's manifests: the page works in it and may write into it.
fn folder(script: &Script, kubectl: &Kubectl, language: Language) -> Result<std::path::PathBuf> {
    let copied = || -> std::io::Result<std::path::PathBuf> {
        let folder = tempfile::Builder::new()
            .prefix("page-")
            .tempdir_in(kubectl.folder())?
            .keep();
        if let Some(manifests) = &script.folder {
            copy(manifests, &folder)?;
        }
        Ok(folder)
    };
    copied().map_err(|error| {
        fault(
            language,
            "fault.run-folder",
            &[("reason", error.to_string())],
        )
    })
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in walkdir::WalkDir::new(from).min_depth(1) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from).unwrap_or(entry.path()));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// What this run calls otherwise than the page.
fn world(script: &Script, kubectl: &Kubectl, namespace: &str) -> World {
    let mut names = vec![(CONTEXT_IN_PAGES.to_owned(), kubectl.context.clone())];
    if !script.is_its_own_host() {
        names.extend(["default", &script.home].map(|page| (page.to_owned(), namespace.to_owned())));
    }
    let workers = kubectl
        .nodes
        .iter()
        .filter(|node| !node.contains("control-plane"))
        .cloned()
        .collect();
    World { names, workers }
}

/// What the page calls the namespace that it works in: `default` before the reader has made one.
fn page_name(script: &Script) -> &str {
    let says = |words: &str| {
        script
            .steps()
            .flat_map(|step| &step.printed)
            .flat_map(|printed| &printed.lines)
            .any(|(_, line)| line.contains(words))
    };
    if says("default namespace") && !script.is_its_own_host() {
        "default"
    } else {
        &script.home
    }
}

/// Looks after the room, the secrets and the report while a page is played.
struct AtWork<'w> {
    room: Room<'w>,
    kubectl: &'w Kubectl,
    script: &'w Script,
    secrets: Secrets,
    options: &'w RunOptions,
    steps: &'w mut Vec<formats::Step>,
}

impl Watcher for AtWork<'_> {
    fn before(&mut self, step: &Step) -> Result<()> {
        self.room.before(&step.words())
    }

    fn after(&mut self, step: &Step, answer: &Answer) -> Result<()> {
        self.room.after(&step.words(), &answer.output)?;
        let about_secrets = [&step.command, &step.here_document, &answer.output]
            .iter()
            .any(|text| text.to_lowercase().contains("secret"));
        if about_secrets {
            self.secrets
                .learn(self.kubectl, scope::namespace_of(&step.words()))?;
        }
        Ok(())
    }

    fn done(&mut self, played: &Played<'_>) -> Result<()> {
        report::progress(played);
        if !played.differs.is_empty() {
            self.secrets.learn(self.kubectl, None)?;
        }
        for (number, edition) in self.script.editions.iter().enumerate() {
            let language = self.options.speech.language();
            let printed = &played.step.printed[number];
            let same = !played.differs.contains(&number);
            let difference = match same {
                true => String::new(),
                false => report::difference(played, number, edition, &self.secrets, language),
            };
            if !same && self.options.format == RunFormat::Text {
                terminal::print(&format!("{difference}\n"))?;
            }
            self.steps.push(formats::Step {
                file: edition.file.display().to_string(),
                line: printed.line,
                command: self.secrets.mask(&played.step.command),
                seconds: played.time.as_secs_f64(),
                same,
                expected_status: printed.status,
                status: played.answer.status,
                difference,
            });
        }
        Ok(())
    }
}
