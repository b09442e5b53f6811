//! Why a run ends before it begins or in its middle, what it says then, and that it leaves nothing behind.

use crate::stage::{Ran, Stage, ran};
use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

const BLOCK: &str = "$ kubectl get pods\nRunning\n";
const PODS: &str = "$ get pods\n> Running\n";

fn says(ran: &Ran, line: &str) {
    assert_eq!(ran.status, Some(2), "{}{}", ran.result, ran.told);
    assert!(ran.told.contains(&format!("error: {line}")), "{}", ran.told);
    assert_eq!(ran.result, "");
}

/// Whether the cluster was asked to remove a namespace.
fn removes(stage: &Stage, namespace: &str) -> bool {
    stage
        .asked()
        .contains(&format!("delete namespace {namespace} "))
}

#[test]
fn without_a_context_nothing_runs() {
    let stage = Stage::new(BLOCK, PODS);
    says(&stage.run(&[]), "no context was named");
    assert_eq!(stage.asked(), "");
}

#[test]
fn a_context_that_is_not_there_is_named_with_those_that_are() {
    let ran = Stage::new(BLOCK, PODS).run(&["--on", "context:kind"]);
    says(&ran, "your kubeconfig has no context `kind`");
    assert!(
        ran.told
            .contains("help: It has these: kind-kind, shop-production."),
        "{}",
        ran.told
    );
}

#[test]
fn production_must_be_named_twice() {
    let stage = Stage::new(BLOCK, PODS);
    says(
        &stage.run(&["--on", "context:shop-production"]),
        "`shop-production` looks like a production cluster",
    );
    assert_eq!(stage.asked(), "");
    let twice = stage.run(&[
        "--on",
        "context:shop-production",
        "--on",
        "context:shop-production",
    ]);
    assert_eq!(twice.status, Some(0), "{}", twice.told);
}

#[test]
fn kubectl_must_be_there() {
    let stage = Stage::new(BLOCK, PODS);
    let output = stage
        .command(&["--on", "context:kind-kind"])
        .env("PATH", stage.at("src"))
        .output();
    says(
        &ran(&output.expect("the command runs")),
        "there is no `kubectl`",
    );
}

#[test]
fn a_cluster_that_does_not_answer_is_said_in_its_own_words() {
    let stage = Stage::new(BLOCK, PODS);
    let refused = "The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?";
    stage.answer(&format!("$ version --request-timeout=10s\n> Client Version: v1.37.2\n! E1125 09:00:48.1 memcache.go:265] x\n! {refused}\n? 1\n"));
    says(
        &stage.play(),
        &format!("the cluster of context `kind-kind` does not answer: {refused}"),
    );
}

#[test]
fn who_may_not_make_namespaces_is_told_so() {
    let stage = Stage::new(BLOCK, PODS);
    stage.answer("$ create -f -\n! Error from server (Forbidden): namespaces is forbidden: User \"jane\" cannot create resource\n? 1\n");
    let ran = stage.play();
    says(
        &ran,
        "the cluster does not let you do this: create namespace ladder: Error from server (Forbidden)",
    );
    assert!(!removes(&stage, "ladder"), "{}", stage.asked());
}

#[test]
fn a_namespace_that_no_run_made_stays_as_it_is() {
    let stage = Stage::new(BLOCK, PODS);
    stage.answer("$ get namespace ladder --ignore-not-found *\n> /\n");
    says(
        &stage.play(),
        "the namespace `ladder` is there already and no run made it: nothing was changed",
    );
    assert!(
        !removes(&stage, "ladder") && !stage.asked().contains("create"),
        "{}",
        stage.asked()
    );
}

#[test]
fn what_an_earlier_run_left_behind_is_removed_and_nothing_else() {
    let stage = Stage::new(BLOCK, PODS);
    stage.answer("$ get namespaces -l app.kubernetes.io/managed-by=ladder-run -o jsonpath={range*\n> ladder-old=elsewhere/1\n$ delete namespace ladder-old *\n");
    let ran = stage.play();
    assert_eq!(ran.status, Some(0), "{}", ran.told);
    assert!(
        ran.told
            .contains("Removing the namespace `ladder-old`, which an earlier run left behind."),
        "{}",
        ran.told
    );
    let removed: Vec<String> = stage
        .asked()
        .lines()
        .filter(|line| line.starts_with("delete"))
        .map(|line| line.split(' ').take(3).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        removed,
        ["delete namespace ladder-old", "delete namespace ladder"]
    );
}

#[test]
#[cfg(target_os = "linux")]
fn the_keys_of_a_run_that_was_killed_are_removed() {
    let stage = Stage::new(BLOCK, PODS);
    let (dead, alive) = (
        "temporary/ladder-run-999999999-x",
        format!("temporary/ladder-run-{}-x", std::process::id()),
    );
    for folder in [dead, &alive] {
        fs::create_dir_all(stage.at(folder)).expect("a folder");
    }
    let output = stage
        .command(&["--on", "context:kind-kind"])
        .env("TMPDIR", stage.at("temporary"))
        .output();
    assert_eq!(ran(&output.expect("the command runs")).status, Some(0));
    let left: Vec<_> = fs::read_dir(stage.at("temporary"))
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    assert_eq!(left, [stage.at(&alive)]);
}

#[test]
fn a_command_that_hangs_is_ended_and_its_namespace_removed() {
    let stage = Stage::new("$ kubectl logs -f web\n", "$ logs -f web\n~ 60\n");
    let started = Instant::now();
    says(
        &stage.run(&["--on", "context:kind-kind", "--timeout", "1"]),
        "`kubectl logs -f web` did not end in time; what it had made was removed",
    );
    assert!(started.elapsed() < Duration::from_secs(30));
    assert!(removes(&stage, "ladder"), "{}", stage.asked());
}

#[test]
fn ctrl_c_ends_the_command_and_removes_the_namespace() {
    let stage = Stage::new("$ kubectl logs -f web\n", "$ logs -f web\n~ 60\n");
    let mut process = stage
        .command(&["--on", "context:kind-kind"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let started = Instant::now();
    while !stage.asked().contains("logs -f web") && started.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(20));
    }
    let interrupted = std::process::Command::new("kill")
        .args(["-INT", &process.id().to_string()])
        .status();
    assert!(interrupted.is_ok_and(|status| status.success()));
    assert_eq!(process.wait().expect("it ends").code(), Some(130));
    assert!(removes(&stage, "ladder"), "{}", stage.asked());
}

#[test]
fn a_page_that_reaches_beyond_its_namespace_must_be_allowed_to() {
    let stage = Stage::new(
        "$ kubectl cordon kind-worker\nnode/kind-worker cordoned\n",
        "$ cordon kind-worker\n> node/kind-worker cordoned\n$ get nodes --field-selector *\n> node/kind-worker\n$ annotate --overwrite node/kind-worker *\n$ uncordon kind-worker\n$ annotate nodes kind-worker *\n",
    );
    says(
        &stage.play(),
        "src/en/pods.md:6 reaches beyond its own namespace, to nodes or namespaces of the whole cluster: kubectl cordon kind-worker",
    );
    assert_eq!(stage.asked(), "");
    // Afterwards, nodes that were open are open again.
    stage.answer("$ get nodes -o jsonpath=*\n> kind-control-plane=\n$ get nodes -o jsonpath=*\n> kind-worker=true\n");
    let ran = stage.run(&["--on", "context:kind-kind", "--allow", "cluster-scope"]);
    assert_eq!(ran.status, Some(0), "{}", ran.told);
    assert!(
        stage.asked().contains("\nuncordon kind-worker\n"),
        "{}",
        stage.asked()
    );
}

#[test]
fn what_is_made_outside_of_the_namespace_is_marked() {
    let stage = Stage::new(
        "$ kubectl run web -n default\npod/web created\n",
        "$ run web -n default\n> pod/web created\n$ label --overwrite pod/web *\n$ annotate --overwrite pod/web ladder-run/by=* --namespace=default\n",
    );
    let ran = stage.run(&[
        "--on",
        "context:kind-kind",
        "--allow",
        "cluster-scope",
        "--namespace",
        "ladder",
    ]);
    assert_eq!(ran.status, Some(0), "{}{}", ran.result, ran.told);
    assert!(
        stage.asked().contains(
            "label --overwrite pod/web app.kubernetes.io/managed-by=ladder-run --namespace=default"
        ),
        "{}",
        stage.asked()
    );
}

#[test]
fn more_than_the_small_shell_runs_only_in_a_transcript_that_may() {
    let stage = Stage::new(BLOCK, PODS);
    stage.write(
        "shell.console",
        "$ echo a && echo b\na\nb\n$ X=$(echo one two | cut -d' ' -f2)\n$ echo $X\ntwo\n",
    );
    stage.answer("$ get namespace shell --ignore-not-found *\n$ delete namespace shell *\n");
    let ran = stage.run(&["shell.console", "--on", "context:kind-kind"]);
    says(
        &ran,
        "`echo a && echo b` needs a shell that not every reader has: `&&`",
    );
    let ran = stage.run(&[
        "shell.console",
        "--on",
        "context:kind-kind",
        "--allow",
        "shell",
    ]);
    assert_eq!(ran.status, Some(0), "{}{}", ran.result, ran.told);
}

#[test]
fn the_reader_s_kubeconfig_is_never_written() {
    let stage = Stage::new(
        "$ kubectl config set-context --current --namespace=team-b\n",
        "",
    );
    stage.write("kubeconfig", "mine\n");
    let output = stage
        .command(&["--on", "context:kind-kind"])
        .env("KUBECONFIG", stage.at("kubeconfig"))
        .output();
    assert_eq!(ran(&output.expect("the command runs")).status, Some(0));
    assert_eq!(
        fs::read_to_string(stage.at("kubeconfig")).expect("it is there"),
        "mine\n"
    );
}

#[test]
fn a_page_that_is_not_in_the_book_is_named_with_those_that_are() {
    let ran = Stage::new(BLOCK, PODS).run(&["--on", "context:kind-kind", "pod"]);
    says(&ran, "no page of the book is called `pod`");
    assert!(ran.told.contains("pods"), "{}", ran.told);
}
