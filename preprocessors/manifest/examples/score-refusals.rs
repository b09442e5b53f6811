//! Compares the checker with a real API server: of the manifests in `tests/refusals`, which of those that the server
//! refuses does it find, and does it find fault with any that the server accepts?
//!
//! Prints a row for each group, and below the table the files that were missed or wrongly blamed.

use ladder_manifest::{Options, Severity, check};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// What came of the files of one group.
#[derive(Default)]
struct Score {
    found: Vec<String>,
    missed: Vec<String>,
    alarms: Vec<String>,
}

fn main() -> ExitCode {
    match scores(Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/refusals"
    ))) {
        Ok(scores) => {
            print(&scores);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn scores(folder: &Path) -> std::io::Result<BTreeMap<String, Score>> {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for line in std::fs::read_to_string(folder.join("answers.tsv"))?
        .lines()
        .skip(1)
    {
        let mut columns = line.split('\t');
        let (Some(file), Some(verdict)) = (columns.next(), columns.next()) else {
            continue;
        };
        let text = std::fs::read(folder.join(file))?;
        let text = String::from_utf8_lossy(&text);
        let errors: Vec<&str> = check(&text, &Options::default())
            .findings
            .iter()
            .filter(|finding| finding.rule.severity == Severity::Error)
            .map(|finding| finding.rule.code)
            .collect();
        let (group, _) = file.split_once('/').unwrap_or(("", file));
        let score = scores.entry(group.to_owned()).or_default();
        match (verdict, errors.first()) {
            ("refused", Some(code)) => score.found.push(format!("{file} ({code})")),
            ("refused", None) => score.missed.push(file.to_owned()),
            (_, Some(code)) => score.alarms.push(format!("{file} ({code})")),
            (_, None) => {}
        }
    }
    Ok(scores)
}

fn print(scores: &BTreeMap<String, Score>) {
    println!(
        "{:24}{:>8}{:>8}{:>8}{:>14}",
        "group", "found", "missed", "", "false alarms"
    );
    let (mut found, mut missed, mut alarms) = (0, 0, 0);
    for (group, score) in scores {
        row(
            group,
            score.found.len(),
            score.missed.len(),
            score.alarms.len(),
        );
        found += score.found.len();
        missed += score.missed.len();
        alarms += score.alarms.len();
    }
    row("all", found, missed, alarms);
    for (title, files) in [("found", 0), ("missed", 1), ("false alarms", 2)] {
        println!("\n{title}:");
        for score in scores.values() {
            let files = [&score.found, &score.missed, &score.alarms][files];
            files.iter().for_each(|file| println!("  {file}"));
        }
    }
}

fn row(group: &str, found: usize, missed: usize, alarms: usize) {
    let percent = 100 * found / (found + missed).max(1);
    println!("{group:24}{found:>8}{missed:>8}{percent:>7}%{alarms:>14}");
}
