//! Reads a console block: commands, and what each of them prints.
//!
//! Knows the marks of the lines (`$ `, `> `, `? 1`, `...`, `# +30s`, `# `) and how much shell a command may use; runs nothing.
//! All spans count bytes of the block's code. Next: [`shell`] takes a command apart.

pub mod shell;

use crate::places::Places;
use crate::rules::{CONSOLE_FORMAT, CONSOLE_SHELL};
use ladder_manifest::Finding;
use shell::Shell;
use std::ops::Range;

/// A console block, read.
#[derive(Clone, Debug, Default)]
pub struct Console {
    /// What happens, in order.
    pub items: Vec<Item>,
    /// Every line of the block and what it is, without its break.
    pub lines: Vec<(Line, Range<usize>)>,
    /// What is wrong with the block.
    pub findings: Vec<Finding>,
}

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Item {
    /// A command is run.
    Command(Box<Step>),
    /// `# +30s`: time passes.
    Wait {
        /// How much.
        seconds: u64,
        /// The line.
        span: Range<usize>,
    },
}

/// A command and what it prints.
#[derive(Clone, Debug)]
pub struct Step {
    /// The remarks right before it, without their marks.
    pub remarks: Vec<String>,
    /// The command, its lines joined, without the marks; with a here-document and its end.
    pub command: String,
    /// Where the command's bytes stand in the block.
    pub places: Places,
    /// The command taken apart.
    pub shell: Shell,
    /// From the command's mark to the end of its last line, output not counted.
    pub span: Range<usize>,
    /// The lines that it prints: literally, but for `...`, `[..]` and `[NAME]`.
    pub output: Vec<Range<usize>>,
    /// The exit status that it must end with.
    pub status: i32,
}

/// What a line of a console block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// `$ `: a command begins.
    Command,
    /// `> `: it goes on.
    Continuation,
    /// What it prints.
    Output,
    /// `? 1`.
    Status,
    /// `# ` before a command.
    Remark,
    /// `# +30s`.
    Wait,
}

impl Console {
    /// The commands, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.items.iter().filter_map(|item| match item {
            Item::Command(step) => Some(&**step),
            Item::Wait { .. } => None,
        })
    }
}

/// Reads the code of a console block.
pub fn read(code: &str) -> Console {
    let mut console = Console::default();
    for line in lines(code) {
        let text = &code[line.clone()];
        let kind = kind(text, &console);
        console.lines.push((kind, line));
    }
    mark_remarks(code, &mut console.lines);
    let mut remarks = Vec::new();
    for (kind, span) in console.lines.clone() {
        take(code, kind, span, &mut remarks, &mut console);
    }
    finish_last(&mut console);
    console
}

/// Findings for the shell that a block uses beyond what every reader has.
pub fn shell_findings(console: &Console) -> Vec<Finding> {
    let mut findings = Vec::new();
    for step in console.steps() {
        for (range, construct) in &step.shell.beyond {
            let (_, span) = step.places.locate(range.clone());
            findings.push(Finding::new(&CONSOLE_SHELL, span).with("construct", *construct));
        }
    }
    findings
}

fn lines(code: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        lines.push(start..start + line.trim_end_matches('\n').trim_end_matches('\r').len());
        start += line.len();
    }
    lines
}

/// What a line is by its mark; remarks are told from output later, by what follows them.
fn kind(text: &str, console: &Console) -> Line {
    let after_command = matches!(
        console.lines.last(),
        Some((Line::Command | Line::Continuation, _))
    );
    if text == "$" || text.starts_with("$ ") {
        Line::Command
    } else if (text == ">" || text.starts_with("> ")) && after_command {
        Line::Continuation
    } else if seconds(text).is_some() {
        Line::Wait
    } else if text.strip_prefix("? ").is_some_and(|status| {
        !status.is_empty() && status.bytes().all(|byte| byte.is_ascii_digit())
    }) {
        Line::Status
    } else {
        Line::Output
    }
}

/// The seconds of `# +30s`, `# +2m`, `# +1h`.
fn seconds(text: &str) -> Option<u64> {
    let amount = text.strip_prefix("# +")?.trim_end();
    let unit = amount.chars().last()?;
    let number: u64 = amount[..amount.len() - unit.len_utf8()].parse().ok()?;
    let factor = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        _ => return None,
    };
    number.checked_mul(factor)
}

/// Lines that begin with `# ` right before a command are remarks, not what the command before prints.
fn mark_remarks(code: &str, lines: &mut [(Line, Range<usize>)]) {
    let mut before_command = false;
    for (kind, span) in lines.iter_mut().rev() {
        let text = &code[span.clone()];
        match kind {
            Line::Command => before_command = true,
            Line::Wait => {}
            Line::Output if before_command && (text.starts_with("# ") || text == "#") => {
                *kind = Line::Remark
            }
            _ => before_command = false,
        }
    }
}

fn take(
    code: &str,
    kind: Line,
    span: Range<usize>,
    remarks: &mut Vec<String>,
    console: &mut Console,
) {
    let text = &code[span.clone()];
    match kind {
        Line::Command => {
            finish_last(console);
            if text.trim_end() == "$" {
                console.findings.push(
                    Finding::new(&CONSOLE_FORMAT, span.clone())
                        .saying("empty")
                        .advising("empty"),
                );
            }
            let mut step = Step {
                remarks: std::mem::take(remarks),
                command: String::new(),
                places: Places::default(),
                shell: Shell::default(),
                span: span.clone(),
                output: Vec::new(),
                status: 0,
            };
            step.add(code, span);
            console.items.push(Item::Command(Box::new(step)));
        }
        Line::Continuation => continued(code, span, console),
        Line::Wait => {
            let seconds = seconds(text).unwrap_or(0);
            console.items.push(Item::Wait { seconds, span });
        }
        Line::Remark => remarks.push(text.trim_start_matches('#').trim_start().to_owned()),
        Line::Status | Line::Output => printed(text, kind, span, console),
    }
}

fn continued(code: &str, span: Range<usize>, console: &mut Console) {
    let Some(Item::Command(step)) = console.items.last_mut() else {
        return;
    };
    if shell::read(&step.command).is_whole() {
        console.findings.push(
            Finding::new(&CONSOLE_FORMAT, span.clone())
                .saying("whole")
                .advising("whole"),
        );
    }
    step.add(code, span);
}

fn printed(text: &str, kind: Line, span: Range<usize>, console: &mut Console) {
    let before_first = !console
        .items
        .iter()
        .any(|item| matches!(item, Item::Command(_)));
    if before_first {
        let said_before = !console.findings.is_empty();
        if !text.trim().is_empty() && !said_before {
            console.findings.push(
                Finding::new(&CONSOLE_FORMAT, span)
                    .saying("output-first")
                    .advising("output-first"),
            );
        }
        return;
    }
    let step = console.items.iter_mut().rev().find_map(|item| match item {
        Item::Command(step) => Some(step),
        Item::Wait { .. } => None,
    });
    if let Some(step) = step {
        match kind {
            Line::Status => step.status = text.trim_start_matches("? ").parse().unwrap_or(-1),
            _ => step.output.push(span),
        }
    }
}

/// Takes the last command apart once all its lines are there.
fn finish_last(console: &mut Console) {
    let step = console.items.iter_mut().rev().find_map(|item| match item {
        Item::Command(step) => Some(step),
        Item::Wait { .. } => None,
    });
    let Some(step) = step.filter(|step| step.shell.stages.is_empty()) else {
        return;
    };
    step.shell = shell::read(&step.command);
    if let Some((range, what)) = &step.shell.open {
        let (_, span) = step.places.locate(range.clone());
        console.findings.push(
            Finding::new(&CONSOLE_FORMAT, span)
                .saying(what)
                .advising("open"),
        );
    }
}

impl Step {
    /// Adds a line without its mark.
    fn add(&mut self, code: &str, span: Range<usize>) {
        let start = (span.start + 2).min(span.end);
        if !self.command.is_empty() {
            // The break is the one at the end of the line before.
            self.places.push(self.command.len(), 0, self.span.end, 1);
            self.command.push('\n');
        }
        self.places
            .push(self.command.len(), 0, start, span.end - start);
        self.command.push_str(&code[start..span.end]);
        self.span.end = span.end;
    }
}
