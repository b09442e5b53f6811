//! Where a page runs on a real cluster: a namespace of its own, made and removed, and a mark on all that is made elsewhere.
//!
//! What does not carry the mark is never removed. A run that was killed leaves marks; the next run removes what carries them.
//! Knows no page and no comparison. Next: `kubectl.rs`.

use super::kubectl::{Kubectl, Said};
use super::scope;
use crate::terminal;
use crate::words::{fault, say};
use anyhow::Result;
use ladder_manifest::Language;
use std::time::{Duration, Instant};

/// The label on a namespace that a run made, and on whatever its pages made outside of it.
const MARK: &str = "app.kubernetes.io/managed-by=ladder-run";
/// The annotation that says which run made a namespace: host and process.
const RUN: &str = "ladder-run/by";
/// The annotation on nodes that took Pods before a page closed them.
const OPEN: &str = "ladder-run/was-schedulable";
/// Where pages may leave things outside of their namespace.
const NAMESPACED: &str = "all,configmaps,secrets,persistentvolumeclaims,ingresses.networking.k8s.io,networkpolicies.networking.k8s.io,roles.rbac.authorization.k8s.io,rolebindings.rbac.authorization.k8s.io,serviceaccounts,resourcequotas,limitranges,poddisruptionbudgets.policy";
const OF_THE_CLUSTER: &str = "persistentvolumes,clusterroles.rbac.authorization.k8s.io,clusterrolebindings.rbac.authorization.k8s.io,storageclasses.storage.k8s.io,priorityclasses.scheduling.k8s.io,customresourcedefinitions.apiextensions.k8s.io,certificatesigningrequests.certificates.k8s.io,validatingadmissionpolicies.admissionregistration.k8s.io,validatingadmissionpolicybindings.admissionregistration.k8s.io";

/// The place of one page.
pub(crate) struct Room<'k> {
    kubectl: &'k Kubectl,
    language: Language,
    /// Its own namespace; none where the page makes its namespaces itself.
    namespace: Option<String>,
    /// Something outside of the namespace may carry the mark.
    elsewhere: bool,
    keep: bool,
    left: bool,
}

impl<'k> Room<'k> {
    /// Makes the namespace. One that is there and carries no mark is somebody's: it stays as it is.
    pub(crate) fn make(
        kubectl: &'k Kubectl,
        name: &str,
        keep: bool,
        language: Language,
    ) -> Result<Room<'k>> {
        let run = format!(
            "jsonpath=/{{.metadata.annotations.{}}}",
            RUN.replace('.', "\\.")
        );
        let there = kubectl.ask(&["get", "namespace", name, "--ignore-not-found", "-o", &run])?;
        if let Some(run) = there.output.trim().strip_prefix('/') {
            let key = if is_at_work(run) {
                "fault.busy"
            } else {
                "fault.namespace"
            };
            let arguments = [("namespace", name.to_owned()), ("run", run.to_owned())];
            return Err(fault(language, key, &arguments));
        }
        let (key, value) = MARK.split_once('=').unwrap_or((MARK, ""));
        let manifest = format!(
            "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {name}\n  labels: {{\"{key}\": \"{value}\"}}\n  annotations: {{\"{RUN}\": \"{}\"}}\n",
            this_run()
        );
        let made = kubectl.send(&["create", "-f", "-"], &manifest)?;
        if !made.well() {
            return Err(refused(
                &made,
                &format!("create namespace {name}"),
                language,
            ));
        }
        let room = Room {
            kubectl,
            language,
            namespace: Some(name.to_owned()),
            elsewhere: false,
            keep,
            left: false,
        };
        kubectl.begin_page(name)?;
        room.wait_for_account(name)?;
        Ok(room)
    }

    /// A page that makes its namespaces itself begins where every reader does.
    pub(crate) fn whole_cluster(
        kubectl: &'k Kubectl,
        keep: bool,
        language: Language,
    ) -> Result<Room<'k>> {
        kubectl.begin_page("default")?;
        Ok(Room {
            kubectl,
            language,
            namespace: None,
            elsewhere: true,
            keep,
            left: false,
        })
    }

    /// No Pod can be made before the namespace has its service account.
    fn wait_for_account(&self, name: &str) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(20) {
            if self
                .kubectl
                .ask(&["get", "serviceaccount", "default", "-n", name, "-o", "name"])?
                .well()
            {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// Before a command that closes nodes: those that are open now are marked, so that they can be opened again.
    pub(crate) fn before(&mut self, words: &[&str]) -> Result<()> {
        if !scope::closes_nodes(words) {
            return Ok(());
        }
        self.elsewhere = true;
        let open = self
            .kubectl
            .ask(&[
                "get",
                "nodes",
                "--field-selector",
                "spec.unschedulable=false",
                "-o",
                "name",
            ])?
            .words();
        let mark = format!("{OPEN}=true");
        let mut arguments = vec!["annotate", "--overwrite"];
        arguments.extend(open.iter().map(String::as_str));
        arguments.push(&mark);
        let marked = self.kubectl.ask(&arguments)?;
        if marked.well() {
            Ok(())
        } else {
            Err(refused(&marked, "annotate nodes", self.language))
        }
    }

    /// After a command: what it made outside of the namespace gets the mark.
    pub(crate) fn after(&mut self, words: &[&str], output: &str) -> Result<()> {
        for made in output.lines().filter_map(scope::made) {
            let namespace = match scope::namespace_of(words) {
                _ if scope::is_of_the_cluster(made) => None,
                Some(namespace) => Some(namespace.to_owned()),
                None => Some(self.current()?),
            };
            if namespace.is_some() && namespace == self.namespace {
                continue;
            }
            self.elsewhere = true;
            let place = namespace.map(|namespace| format!("--namespace={namespace}"));
            let mut arguments = vec!["label", "--overwrite", made, MARK];
            arguments.extend(place.as_deref());
            self.kubectl.ask(&arguments)?;
            let run = format!("{RUN}={}", this_run());
            let mut arguments = vec!["annotate", "--overwrite", made, &run];
            arguments.extend(place.as_deref());
            self.kubectl.ask(&arguments)?;
        }
        Ok(())
    }

    fn current(&self) -> Result<String> {
        let said = self.kubectl.ask_as_page(&[
            "config",
            "view",
            "--minify",
            "-o",
            "jsonpath={..namespace}",
        ])?;
        Ok(said.output.trim().to_owned())
    }

    /// Removes the namespace and all that carries the mark. What could not be removed is an error.
    pub(crate) fn leave(mut self) -> Result<()> {
        self.left = true;
        self.clear()
    }

    fn clear(&self) -> Result<()> {
        if self.keep {
            if let Some(namespace) = &self.namespace {
                terminal::tell(&say(
                    self.language,
                    "run.kept",
                    &[("namespace", namespace.clone())],
                ));
            }
            return Ok(());
        }
        if self.elsewhere {
            let left = left_behind(self.kubectl, self.language)?;
            remove_marked(self.kubectl, &left, self.language)?;
        }
        match &self.namespace {
            Some(namespace) => remove_namespace(self.kubectl, namespace, self.language),
            None => Ok(()),
        }
    }
}

impl Drop for Room<'_> {
    /// After a fault or Ctrl-C: what led here is told already.
    fn drop(&mut self) {
        if !self.left
            && let Err(error) = self.clear()
        {
            terminal::tell(&terminal::said(&error));
        }
    }
}

/// Removes what an earlier run left behind, and nothing that does not carry the mark.
pub(crate) fn sweep(kubectl: &Kubectl, language: Language) -> Result<()> {
    let left = left_behind(kubectl, language)?;
    for namespace in &left {
        let arguments = [("namespace", namespace.clone())];
        terminal::tell(&say(language, "run.swept", &arguments));
    }
    remove_marked(kubectl, &left, language)
}

/// Namespaces that carry the mark, but for those in which another run is at work.
fn left_behind(kubectl: &Kubectl, language: Language) -> Result<Vec<String>> {
    let path = annotated(RUN);
    let marked = kubectl.ask_in_the_end(&["get", "namespaces", "-l", MARK, "-o", &path])?;
    if !marked.well() {
        return Err(refused(&marked, "get namespaces", language));
    }
    let namespaces = marked
        .output
        .lines()
        .filter_map(|line| line.split_once('='));
    let left = namespaces.filter(|(_, run)| !is_at_work(run));
    Ok(left.map(|(namespace, _)| namespace.to_owned()).collect())
}

/// `NAME=VALUE` for each item, with the value of an annotation.
fn annotated(annotation: &str) -> String {
    let escaped = annotation.replace('.', "\\.");
    format!(
        "jsonpath={{range .items[*]}}{{.metadata.name}}={{.metadata.annotations.{escaped}}}{{\"\\n\"}}{{end}}"
    )
}

fn remove_namespace(kubectl: &Kubectl, namespace: &str, language: Language) -> Result<()> {
    let removed = kubectl.ask_in_the_end(&[
        "delete",
        "namespace",
        namespace,
        "--ignore-not-found",
        "--timeout=180s",
    ])?;
    if removed.well() {
        return Ok(());
    }
    let arguments = [
        ("namespace", namespace.to_owned()),
        ("reason", removed.reason()),
    ];
    Err(fault(language, "fault.remains", &arguments))
}

/// Marked namespaces, marked objects elsewhere; nodes that were open are opened.
fn remove_marked(kubectl: &Kubectl, namespaces: &[String], language: Language) -> Result<()> {
    for namespace in namespaces {
        remove_namespace(kubectl, namespace, language)?;
    }
    for kinds in [NAMESPACED, OF_THE_CLUSTER] {
        remove_objects(kubectl, kinds)?;
    }
    open_nodes(kubectl)
}

/// Marked objects of these kinds, but for those of a run that is at work.
fn remove_objects(kubectl: &Kubectl, kinds: &str) -> Result<()> {
    let run = RUN.replace('.', "\\.");
    let path = format!(
        "jsonpath={{range .items[*]}}{{.kind}}/{{.metadata.name}} --namespace={{.metadata.namespace}} {{.metadata.annotations.{run}}}{{\"\\n\"}}{{end}}"
    );
    // One who may not list these could not make them either.
    let found = kubectl.ask_in_the_end(&["get", kinds, "-A", "-l", MARK, "-o", &path])?;
    for line in found.output.lines() {
        let mut words = line.split(' ');
        let (Some(object), Some(place), run) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        if !is_at_work(run.unwrap_or_default()) {
            kubectl.ask_in_the_end(&[
                "delete",
                object,
                place,
                "--now",
                "--ignore-not-found",
                "--timeout=120s",
            ])?;
        }
    }
    Ok(())
}

fn open_nodes(kubectl: &Kubectl) -> Result<()> {
    let path = annotated(OPEN);
    let nodes = kubectl.ask_in_the_end(&["get", "nodes", "-o", &path])?;
    let open: Vec<&str> = nodes
        .output
        .lines()
        .filter_map(|line| line.strip_suffix("=true"))
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    kubectl.ask_in_the_end(&[&["uncordon"], open.as_slice()].concat())?;
    let unmark = format!("{OPEN}-");
    kubectl
        .ask_in_the_end(&[&["annotate", "nodes"], open.as_slice(), &[unmark.as_str()]].concat())
        .map(drop)
}

/// The server said no.
fn refused(said: &Said, what: &str, language: Language) -> anyhow::Error {
    let key = if said.complaints.contains("Forbidden") || said.complaints.contains("forbidden") {
        "fault.forbidden"
    } else {
        "fault.refused"
    };
    fault(
        language,
        key,
        &[("what", what.to_owned()), ("reason", said.reason())],
    )
}

/// Host and process of this run.
fn this_run() -> String {
    format!("{}/{}", host(), std::process::id())
}

fn host() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .or_else(|| std::env::var("HOSTNAME").ok());
    name.unwrap_or_default().trim().to_owned()
}

/// Whether the run of this name is another one that is still going on, as far as this machine can tell.
fn is_at_work(run: &str) -> bool {
    let Some((of, process)) = run.split_once('/') else {
        return false;
    };
    of == host() && process != std::process::id().to_string() && is_ladder(process)
}

fn is_ladder(process: &str) -> bool {
    let digits = !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit());
    let command = std::fs::read_to_string(format!("/proc/{process}/comm"));
    digits && command.is_ok_and(|command| command.trim().starts_with("ladder"))
}
