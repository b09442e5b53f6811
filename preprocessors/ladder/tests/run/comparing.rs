//! What is said of outputs, and what `--record` makes of them.

use crate::stage::Stage;

const PODS: &str = "\
$ get pods
> NAME                   READY   STATUS    RESTARTS   AGE
> web-5ffd94fdcb-65rzg   1/1     Running   0          2s
";

#[test]
fn a_page_that_says_what_is_printed_is_clean() {
    let block = "$ kubectl get pods\nNAME                  READY   STATUS    RESTARTS   AGE\nweb-77f84d4cf-7rnp8   1/1     Running   0          46m\n";
    let ran = Stage::new(block, PODS).play();
    assert_eq!(ran.status, Some(0), "{}{}", ran.result, ran.told);
    let said = "All pages print what they say: 1 command of 1 page ran on kind-kind (Kubernetes v1.37.2, kubectl v1.37.2)";
    assert!(ran.result.starts_with(said), "{}", ran.result);
}

#[test]
fn a_broken_line_is_named_with_page_line_expected_and_got() {
    let block = "$ kubectl get pods\nNAME                  READY   STATUS    RESTARTS   AGE\nweb-77f84d4cf-7rnp8   0/1     Running   0          46m\n";
    let ran = Stage::new(block, PODS).play();
    assert_eq!(ran.status, Some(1), "{}{}", ran.result, ran.told);
    let difference = "\
src/en/pods.md:6: $ kubectl get pods
    7   NAME                  READY   STATUS    RESTARTS   AGE
    8 - web-77f84d4cf-7rnp8   0/1     Running   0          46m
      + web-5ffd94fdcb-65rzg   1/1     Running   0          2s

";
    assert!(ran.result.starts_with(difference), "{}", ran.result);
    assert!(
        ran.result
            .contains("src/zh/pods.md:6: $ kubectl get pods\n"),
        "{}",
        ran.result
    );
}

#[test]
fn an_exit_status_is_compared() {
    let answer = "$ get pod web\n! Error from server (NotFound): pods \"web\" not found\n? 1\n";
    let said = "$ kubectl get pod web\nError from server (NotFound): pods \"web\" not found\n";
    assert_eq!(
        Stage::new(&format!("{said}? 1\n"), answer).play().status,
        Some(0)
    );
    let ran = Stage::new(said, answer).play();
    assert!(
        ran.result
            .contains("exit status: the page says 0, it was 1"),
        "{}",
        ran.result
    );
    assert_eq!(ran.status, Some(1));
}

#[test]
fn what_only_reads_is_asked_again_until_it_is_there() {
    let answers = "$ get pods\n> Pending\n$ get pods\n> Pending\n$ get pods\n> Running\n";
    let stage = Stage::new("$ kubectl get pods\nRunning\n", answers);
    assert_eq!(stage.run(&["--on", "context:kind-kind"]).status, Some(0));
    assert_eq!(
        stage
            .asked()
            .lines()
            .filter(|line| *line == "get pods")
            .count(),
        3
    );
}

#[test]
fn what_changes_something_runs_once() {
    let stage = Stage::new(
        "$ kubectl delete pod web\npod deleted\n",
        "$ delete pod web\n> nothing\n",
    );
    assert_eq!(stage.run(&["--on", "context:kind-kind"]).status, Some(1));
    assert_eq!(
        stage
            .asked()
            .lines()
            .filter(|line| *line == "delete pod web")
            .count(),
        1
    );
}

#[test]
fn a_captured_value_is_used_and_a_here_document_is_sent() {
    let block = "$ POD=$(kubectl get pods -o name)\n$ kubectl delete $POD\ndeleted\n$ cat > x.yaml <<EOF\n> name: $POD\n> EOF\n$ cat x.yaml | grep -c name\n1\n";
    let stage = Stage::new(
        block,
        "$ get pods -o name\n> pod/web\n$ delete pod/web\n> deleted\n",
    );
    let ran = stage.play();
    assert_eq!(ran.status, Some(0), "{}{}", ran.result, ran.told);
}

#[test]
fn a_page_works_with_a_copy_of_its_manifests() {
    let stage = Stage::new(
        "$ cat pod.yaml\nkind: Pod\n$ cat > pod.yaml <<EOF\n> kind: None\n> EOF\n",
        "",
    );
    stage.write("manifests/pods/pod.yaml", "kind: Pod\n");
    let ran = stage.play();
    assert_eq!(ran.status, Some(0), "{}{}", ran.result, ran.told);
    assert_eq!(stage.read("manifests/pods/pod.yaml"), "kind: Pod\n");
}

#[test]
fn a_run_stops_behind_a_line() {
    let stage = Stage::new(
        "$ kubectl get pods\nRunning\n$ kubectl delete pods --all\n",
        "$ get pods\n> Running\n",
    );
    assert_eq!(
        stage
            .run(&["--on", "context:kind-kind", "--until", "7"])
            .status,
        Some(0)
    );
    assert!(!stage.asked().contains("delete pods"), "{}", stage.asked());
}

#[test]
fn what_is_shown_only_does_not_run() {
    let stage = Stage::new(
        "$ kubectl get pods\nRunning\n```\n\n```console,norun\n$ kubectl delete pods --all\n```\n\n```text\n",
        "$ get pods\n> Running\n",
    );
    let ran = stage.play();
    assert_eq!(ran.status, Some(0), "{}{}", ran.result, ran.told);
    assert!(
        ran.result
            .contains("1 block is shown only and did not run."),
        "{}",
        ran.result
    );
    assert!(!stage.asked().contains("delete pods"), "{}", stage.asked());
}

#[test]
fn what_is_printed_is_recorded_in_both_languages() {
    let block = "$ kubectl get deploy web -o name\nold\n$ kubectl get pods\n...\nweb 1/1\n";
    let stage = Stage::new(
        block,
        "$ get deploy web -o name\n! deployments.apps \"web\" not found\n? 1\n$ get pods\n> NAME\n> web 1/1\n",
    );
    let ran = stage.run(&["--on", "context:kind-kind", "--wait", "0", "--record"]);
    assert_eq!(ran.status, Some(1), "{}{}", ran.result, ran.told);
    assert!(
        ran.result.contains(
            "Wrote what kind-kind (Kubernetes v1.37.2, kubectl v1.37.2) printed into 2 pages."
        ),
        "{}",
        ran.result
    );
    let new = "```console\n$ kubectl get deploy web -o name\ndeployments.apps \"web\" not found\n? 1\n$ kubectl get pods\n...\nweb 1/1\n```\n";
    assert_eq!(
        stage.read("src/en/pods.md"),
        format!("# Pods\n\nLook first.\n\n{new}")
    );
    assert_eq!(
        stage.read("src/zh/pods.md"),
        format!("# 容器组\n\n先看看。\n\n{new}")
    );
    assert_eq!(
        stage.play().status,
        Some(0),
        "what was recorded is what is printed"
    );
}

#[test]
fn secrets_are_neither_shown_nor_recorded() {
    let secrets = "$ get secrets -o json\n> {\"items\": [{\"data\": {\"password\": \"czNjcjN0LXdvcmQ=\"}}]}\n";
    let token = "eyJhbGciOiJSUzI1NiIs.eyJhdWQiOlsiaHR0cHM.c2lnbmF0dXJl";
    let answers = format!(
        "$ get secret login -o yaml\n>   password: czNjcjN0LXdvcmQ=\n$ exec web -- env\n> PASS=s3cr3t-word\n$ create token reader\n> {token}\n"
    );
    let block = "$ kubectl get secret login -o yaml\nx\n$ kubectl exec web -- env\nx\n$ kubectl create token reader\nx\n";
    let stage = Stage::new(block, &answers);
    stage.answer(secrets);
    let ran = stage.run(&["--on", "context:kind-kind", "--wait", "0", "--record"]);
    assert_eq!(ran.status, Some(1), "{}{}", ran.result, ran.told);
    let everything = [
        ran.result,
        ran.told,
        stage.read("src/en/pods.md"),
        stage.read("src/zh/pods.md"),
    ]
    .concat();
    for secret in ["czNjcjN0LXdvcmQ=", "s3cr3t-word", token] {
        assert!(!everything.contains(secret), "{everything}");
    }
    assert_eq!(stage.read("src/en/pods.md").matches("[SECRET]").count(), 3);
}

#[test]
fn programs_get_one_document_and_people_the_summary_beside_it() {
    let stage = Stage::new("$ kubectl get pods\nRunning\n", "$ get pods\n> Pending\n");
    let run = |format| {
        stage.run(&[
            "--on",
            "context:kind-kind",
            "--wait",
            "0",
            "--format",
            format,
        ])
    };
    let json = run("json");
    let document: serde_json::Value = serde_json::from_str(&json.result).expect("one document");
    assert_eq!(document["steps"][1]["file"], "src/zh/pods.md");
    assert_eq!(document["steps"][0]["same"], false);
    assert!(
        json.told.contains("1 command prints something different"),
        "{}",
        json.told
    );
    assert!(
        run("github")
            .result
            .starts_with("::error file=src/en/pods.md,line=6,title=kubectl get pods::")
    );
    assert!(run("junit").result.contains(
        "<testsuite name=\"src/en/pods.md\" tests=\"1\" skipped=\"0\" errors=\"0\" failures=\"1\">"
    ));
}

#[test]
fn both_languages_are_spoken() {
    let stage = Stage::new("$ kubectl get pods\nRunning\n", "$ get pods\n> Running\n");
    let ran = stage.run(&["--on", "context:kind-kind", "--language", "zh"]);
    assert!(
        ran.result
            .starts_with("各页写的输出都对得上：1 页、1 条命令"),
        "{}",
        ran.result
    );
}
