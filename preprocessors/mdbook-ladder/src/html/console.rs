//! A console block as the reader sees it: commands, and apart from them what they print.

use super::words::{COMMANDS_AND_OUTPUT, NEEDS_CLUSTER, PRACTICE_ONLY, WAIT};
use super::{escaped, span};
use crate::console::{self, Item, Line, Step};
use crate::fence::{Fence, On};
use ladder_manifest::Language;
use std::ops::Range;

/// The block, or nothing where it is no console of ours and stays as it is.
pub(super) fn block(fence: &Fence, on: On, language: Language) -> Option<String> {
    let console = console::read(&fence.code);
    if !console.findings.is_empty() {
        return None;
    }
    let mut html = String::new();
    let mut at = 0;
    for step in console.steps() {
        html.push_str(&lines(
            &fence.code,
            &console.lines,
            at..step.span.start,
            language,
        ));
        html.push_str(&command(step));
        at = step.span.end;
    }
    html.push_str(&lines(
        &fence.code,
        &console.lines,
        at..fence.code.len(),
        language,
    ));
    let has_wait = console
        .items
        .iter()
        .any(|item| matches!(item, Item::Wait { .. }));
    let waits = if has_wait { " data-waits" } else { "" };
    let label = COMMANDS_AND_OUTPUT.in_language(language);
    let note = note(on, language)
        .map(|note| format!("<p class=\"console-note\">{note}</p>"))
        .unwrap_or_default();
    Some(format!(
        "<div class=\"console\" data-on=\"{}\"{waits}>{note}<pre tabindex=\"0\" role=\"group\" aria-label=\"{label}\"><samp>{html}</samp></pre></div>",
        word(on)
    ))
}

/// Everything but commands within a range of the code, line by line.
fn lines(
    code: &str,
    lines: &[(Line, Range<usize>)],
    range: Range<usize>,
    language: Language,
) -> String {
    let mut html = String::new();
    for (kind, line) in lines.iter().filter(|(_, line)| range.contains(&line.start)) {
        let text = &code[line.clone()];
        html.push_str(&match kind {
            // Their step writes them.
            Line::Command | Line::Continuation => continue,
            Line::Output => span("console-output", text),
            Line::Remark => span("console-remark", text),
            Line::Status => span("console-status", text),
            Line::Wait => waited(text, language),
        });
        html.push_str("&#10;");
    }
    html
}

fn waited(text: &str, language: Language) -> String {
    let amount = escaped(text.trim_start_matches("# +").trim_end());
    let words = WAIT.in_language(language);
    format!("<span class=\"console-wait\"># {words} {amount}</span>")
}

/// A command with its marks, which are no part of it.
fn command(step: &Step) -> String {
    let mut html = format!(
        "<span class=\"console-command\" data-command=\"{}\">",
        escaped(&step.command)
    );
    for (index, line) in step.command.split('\n').enumerate() {
        if index > 0 {
            html.push_str("&#10;");
        }
        let mark = if index == 0 { "$ " } else { "> " };
        html.push_str(&format!(
            "<span class=\"console-prompt\" aria-hidden=\"true\">{}</span>{}",
            escaped(mark),
            escaped(line)
        ));
    }
    html + "</span>&#10;"
}

fn word(on: On) -> &'static str {
    match on {
        On::Both => "both",
        On::Nothing => "nothing",
        On::Cluster => "cluster",
        On::Practice => "practice",
    }
}

fn note(on: On, language: Language) -> Option<&'static str> {
    match on {
        On::Both | On::Nothing => None,
        On::Cluster => Some(NEEDS_CLUSTER.in_language(language)),
        On::Practice => Some(PRACTICE_ONLY.in_language(language)),
    }
}
