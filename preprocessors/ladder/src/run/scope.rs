//! Tells which commands reach beyond the page's own namespace.
//!
//! Knows kubectl's words and which kinds belong to the whole cluster; asks nothing of any cluster. Where it is not sure, a command
//! stays in the namespace, and the mark of `room.rs` finds what was made.

use std::fs;
use std::path::Path;

/// Kinds of the whole cluster: as kubectl prints and takes them.
const OF_THE_CLUSTER: [&str; 32] = [
    "namespace",
    "namespaces",
    "ns",
    "node",
    "nodes",
    "no",
    "persistentvolume",
    "persistentvolumes",
    "pv",
    "clusterrole",
    "clusterroles",
    "clusterrolebinding",
    "clusterrolebindings",
    "storageclass",
    "storageclasses",
    "sc",
    "priorityclass",
    "priorityclasses",
    "pc",
    "customresourcedefinition",
    "customresourcedefinitions",
    "crd",
    "crds",
    "runtimeclass",
    "ingressclass",
    "csidriver",
    "apiservice",
    "certificatesigningrequest",
    "csr",
    "validatingadmissionpolicy",
    "validatingadmissionpolicybinding",
    "validatingwebhookconfiguration",
];

/// Verbs that change what their first word names.
const CHANGES: [&str; 16] = [
    "create",
    "delete",
    "apply",
    "replace",
    "patch",
    "label",
    "annotate",
    "edit",
    "set",
    "run",
    "expose",
    "scale",
    "autoscale",
    "rollout",
    "cp",
    "debug",
];

/// Whether a command closes or empties nodes.
pub(crate) fn closes_nodes(words: &[&str]) -> bool {
    matches!(verb(words), Some("cordon" | "drain" | "taint"))
}

/// Why a command needs `--allow cluster-scope`; none where it stays in the namespace. `home` is the page's own.
pub(crate) fn reaches_out(
    words: &[&str],
    here_document: &str,
    folder: Option<&Path>,
    home: &[&str],
) -> bool {
    let Some(verb) = verb(words) else {
        return false;
    };
    if matches!(
        verb,
        "cordon" | "uncordon" | "drain" | "taint" | "certificate"
    ) {
        return true;
    }
    if !CHANGES.contains(&verb) {
        return false;
    }
    let elsewhere = namespace_of(words).is_some_and(|namespace| !home.contains(&namespace));
    elsewhere
        || subject(words).is_some_and(is_of_the_cluster)
        || manifests_reach_out(words, here_document, folder)
}

/// Whether a command makes the namespace of this name.
pub(crate) fn makes_namespace(words: &[&str], folder: Option<&Path>, name: &str) -> bool {
    let creates =
        matches!(words, ["kubectl", "create", "namespace" | "ns", made, ..] if *made == name);
    let applies = matches!(verb(words), Some("apply" | "create"));
    creates
        || (applies
            && manifests(words, folder)
                .iter()
                .any(|text| documents(text).any(|document| is_namespace(document, name))))
}

/// `TYPE/NAME` of a line that says what was made.
pub(crate) fn made(line: &str) -> Option<&str> {
    let (object, what) = line.trim().split_once(' ')?;
    let is_object = object
        .split_once('/')
        .is_some_and(|(kind, name)| !kind.is_empty() && !name.is_empty());
    (is_object
        && matches!(
            what,
            "created" | "exposed" | "autoscaled" | "serverside-applied"
        ))
    .then_some(object)
}

/// Whether `TYPE/NAME`, or `TYPE`, is of the whole cluster.
pub(crate) fn is_of_the_cluster(object: &str) -> bool {
    let kind = object
        .split(['/', '.'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    OF_THE_CLUSTER.contains(&kind.as_str())
}

/// The namespace that a command names.
pub(crate) fn namespace_of<'w>(words: &[&'w str]) -> Option<&'w str> {
    option(words, &["-n", "--namespace"]).into_iter().next()
}

/// The values of an option, as `-n x`, `-nx`, `--namespace x`, `--namespace=x`.
fn option<'w>(words: &[&'w str], names: &[&str]) -> Vec<&'w str> {
    let own = words
        .iter()
        .position(|word| *word == "--")
        .unwrap_or(words.len());
    let mut values = Vec::new();
    let mut rest = words[..own].iter();
    while let Some(word) = rest.next() {
        for name in names {
            match word.strip_prefix(name) {
                Some("") => values.extend(rest.next().copied()),
                Some(value) if value.starts_with('=') => values.push(&value[1..]),
                Some(value) if !name.starts_with("--") && !word.starts_with("--") => {
                    values.push(value)
                }
                _ => {}
            }
        }
    }
    values
}

fn verb<'w>(words: &[&'w str]) -> Option<&'w str> {
    words
        .strip_prefix(&["kubectl"])?
        .iter()
        .find(|word| !word.starts_with('-'))
        .copied()
}

/// What the verb is about: the first word behind it that is no option.
fn subject<'w>(words: &[&'w str]) -> Option<&'w str> {
    let behind = words.iter().position(|word| Some(*word) == verb(words))? + 1;
    words[behind..]
        .iter()
        .find(|word| !word.starts_with('-'))
        .copied()
}

fn manifests_reach_out(words: &[&str], here_document: &str, folder: Option<&Path>) -> bool {
    let mut texts = manifests(words, folder);
    texts.push(here_document.to_owned());
    texts
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.strip_prefix("kind:"))
        .any(|kind| is_of_the_cluster(kind.trim()))
}

/// The manifests that `-f` names in the page's folder.
fn manifests(words: &[&str], folder: Option<&Path>) -> Vec<String> {
    let Some(folder) = folder else {
        return Vec::new();
    };
    let named = option(words, &["-f", "--filename"]);
    let mut texts = Vec::new();
    for path in named
        .iter()
        .flat_map(|value| value.split(','))
        .map(|value| folder.join(value))
    {
        let files = fs::read_dir(&path)
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect());
        texts.extend(
            files
                .unwrap_or_else(|_| vec![path])
                .iter()
                .filter_map(|file| fs::read_to_string(file).ok()),
        );
    }
    texts
}

fn documents(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n---")
}

fn is_namespace(document: &str, name: &str) -> bool {
    let kind = document
        .lines()
        .any(|line| line.trim_end() == "kind: Namespace");
    kind && document
        .lines()
        .any(|line| line.trim() == format!("name: {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(command: &str) -> bool {
        let words: Vec<&str> = command.split(' ').collect();
        reaches_out(&words, "", None, &["ladder"])
    }

    #[test]
    fn nodes_namespaces_and_other_namespaces_are_beyond_the_page() {
        for command in [
            "kubectl cordon kind-worker",
            "kubectl create namespace team-b",
            "kubectl delete ns/team-b",
            "kubectl label node kind-worker disk=ssd",
            "kubectl apply -f x.yaml -n default",
            "kubectl -n=kube-system delete pod x",
            "kubectl create clusterrole reader --verb=get",
        ] {
            assert!(out(command), "{command}");
        }
    }

    #[test]
    fn reading_and_the_own_namespace_are_within() {
        for command in [
            "kubectl get nodes",
            "kubectl describe node kind-worker",
            "kubectl apply -f x.yaml -n ladder",
            "kubectl exec client -n default -- wget -n x",
            "kubectl create deployment node --image=nginx:1.30",
            "kubectl config set-context --current --namespace=team-b",
        ] {
            assert!(!out(command), "{command}");
        }
    }

    #[test]
    fn a_manifest_on_standard_input_counts() {
        let words = ["kubectl", "apply", "-f", "-"];
        assert!(reaches_out(
            &words,
            "apiVersion: v1\nkind: Namespace\n",
            None,
            &[]
        ));
        assert!(!reaches_out(
            &words,
            "apiVersion: v1\nkind: Pod\n",
            None,
            &[]
        ));
    }

    #[test]
    fn a_line_says_what_was_made() {
        assert_eq!(
            made("deployment.apps/web created"),
            Some("deployment.apps/web")
        );
        assert_eq!(made("pod/web created (dry run)"), None);
        assert_eq!(made("pod/web unchanged"), None);
        assert!(is_of_the_cluster(
            "clusterrole.rbac.authorization.k8s.io/reader"
        ));
    }
}
