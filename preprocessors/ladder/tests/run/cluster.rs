//! A real cluster, where `LADDER_TEST_CONTEXT` names a context of one that is there to be tried on; and a real kubectl's own
//! commands, where `LADDER_KUBECTL` names one.

use crate::stage::{Stage, ran};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

/// Pages share the name of their namespace: one at a time.
static CLUSTER: Mutex<()> = Mutex::new(());

/// The context, and the right to use it; none, and a word about it, where no context is named.
fn context(test: &str) -> Option<(String, MutexGuard<'static, ()>)> {
    match std::env::var("LADDER_TEST_CONTEXT") {
        Ok(context) if !context.is_empty() => Some((
            context,
            CLUSTER
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner()),
        )),
        _ => {
            eprintln!("{test} was not run: LADDER_TEST_CONTEXT names no context of a cluster");
            None
        }
    }
}

fn ladder(context: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ladder"));
    command
        .arg("run")
        .args(["--on", &format!("context:{context}")])
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .env("LC_ALL", "C");
    command
}

fn kubectl(context: &str, arguments: &[&str]) -> Output {
    let context = format!("--context={context}");
    Command::new("kubectl")
        .arg(context)
        .args(arguments)
        .output()
        .expect("kubectl is there")
}

#[test]
fn every_page_of_the_book_prints_what_it_says() {
    let Some((context, _alone)) = context("every_page_of_the_book_prints_what_it_says") else {
        return;
    };
    let ran = ran(&ladder(&context, &["--allow", "cluster-scope"])
        .output()
        .expect("the command runs"));
    assert_eq!(ran.status, Some(0), "{}{}", ran.result, ran.told);
}

#[test]
fn a_run_that_was_killed_is_cleaned_up_by_the_next() {
    let Some((context, _alone)) = context("a_run_that_was_killed_is_cleaned_up_by_the_next") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let transcript = folder.path().join("ladder-killed.console");
    std::fs::write(
        &transcript,
        "$ kubectl create configmap left --from-literal=a=1\nconfigmap/left created\n# +60s\n",
    )
    .expect("a file");
    let path = transcript.display().to_string();
    let mut process = ladder(&context, &[&path])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let started = Instant::now();
    while !kubectl(
        &context,
        &["get", "configmap", "left", "-n", "ladder-killed"],
    )
    .status
    .success()
    {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "nothing was made"
        );
        thread::sleep(Duration::from_millis(100));
    }
    process.kill().expect("it is killed");
    process.wait().expect("it has ended");
    kubectl(&context, &["create", "namespace", "ladder-somebodys"]);
    std::fs::write(&transcript, "$ kubectl get configmap left\nError from server (NotFound): configmaps \"left\" not found\n? 1\n").expect("a file");
    let next = ran(&ladder(&context, &[&path])
        .output()
        .expect("the command runs"));
    let kept = kubectl(&context, &["get", "namespace", "ladder-somebodys"])
        .status
        .success();
    kubectl(&context, &["delete", "namespace", "ladder-somebodys"]);
    assert_eq!(next.status, Some(0), "{}{}", next.result, next.told);
    assert!(
        next.told.contains("Removing the namespace `ladder-killed`"),
        "{}",
        next.told
    );
    assert!(kept, "a namespace without the mark stays");
    assert!(
        !kubectl(&context, &["get", "namespace", "ladder-killed"])
            .status
            .success()
    );
}

#[test]
fn a_secret_of_the_cluster_is_not_shown() {
    let Some((context, _alone)) = context("a_secret_of_the_cluster_is_not_shown") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let transcript = folder.path().join("ladder-secret.console");
    let steps = "$ kubectl create secret generic login --from-file=password=word\n$ kubectl get secret login -o yaml\n$ kubectl create token default\n";
    std::fs::write(
        &transcript,
        format!("$ cat > word <<EOF\n> open-sesame-42\n> EOF\n{steps}"),
    )
    .expect("a file");
    let path = transcript.display().to_string();
    let ran = ran(&ladder(&context, &[&path, "--wait", "0", "--record"])
        .output()
        .expect("the command runs"));
    let recorded = std::fs::read_to_string(&transcript).expect("the transcript");
    assert_eq!(ran.status, Some(1), "{}{}", ran.result, ran.told);
    assert!(recorded.contains("password: [SECRET]"), "{recorded}");
    for text in [&ran.result, &recorded] {
        assert!(
            !text.contains("b3Blbi1zZXNhbWUtNDI") && !text.contains("eyJhbGci"),
            "{text}"
        );
    }
}

#[test]
fn a_real_kubectl_s_own_commands_are_run() {
    let Some(real) = std::env::var_os("LADDER_KUBECTL") else {
        eprintln!(
            "a_real_kubectl_s_own_commands_are_run was not run: LADDER_KUBECTL names no kubectl"
        );
        return;
    };
    let block = "$ kubectl create deployment web --image=nginx:1.30 --dry-run=client -o yaml | grep image\n      - image: nginx:1.30\n$ kubectl create configmap\nerror: exactly one NAME is required, got 0\nSee 'kubectl create configmap -h' for help and examples\n? 1\n";
    let stage = Stage::new(block, "$ create deployment *\n@\n$ create configmap*\n@\n");
    let output = stage
        .command(&["--on", "context:kind-kind", "--wait", "0"])
        .env("REAL_KUBECTL", real)
        .output();
    let ran = ran(&output.expect("the command runs"));
    assert_eq!(ran.status, Some(0), "{}{}", ran.result, ran.told);
}
