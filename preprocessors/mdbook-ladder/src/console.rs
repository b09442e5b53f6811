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
    let mut lines = Vec::new();
    for line in spans_of_lines(code) {
        let before = lines.last().map(|(kind, _)| *kind);
        lines.push((kind(&code[line.clone()], before), line));
    }
    mark_remarks(code, &mut lines);
    let mut reader = Reader {
        code,
        console: Console::default(),
        last: None,
        remarks: Vec::new(),
    };
    for (kind, span) in &lines {
        reader.take(*kind, span.clone());
    }
    reader.end_command();
    Console {
        lines,
        ..reader.console
    }
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

fn spans_of_lines(code: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        lines.push(start..start + line.trim_end_matches('\n').trim_end_matches('\r').len());
        start += line.len();
    }
    lines
}

/// What a line is by its mark and by what is before it; remarks are told from output later, by what follows them.
fn kind(text: &str, before: Option<Line>) -> Line {
    let after_command = matches!(before, Some(Line::Command | Line::Continuation));
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

/// A command longer than this is not asked again at every line whether it is complete.
const LONG_COMMAND: usize = 1 << 14;

struct Reader<'c> {
    code: &'c str,
    console: Console,
    /// Which of the items is the last command.
    last: Option<usize>,
    remarks: Vec<String>,
}

impl Reader<'_> {
    fn take(&mut self, kind: Line, span: Range<usize>) {
        let text = &self.code[span.clone()];
        match kind {
            Line::Command => self.command(span),
            Line::Continuation => self.continuation(span),
            Line::Wait => {
                let seconds = seconds(text).unwrap_or(0);
                self.console.items.push(Item::Wait { seconds, span });
            }
            Line::Remark => self
                .remarks
                .push(text.trim_start_matches('#').trim_start().to_owned()),
            Line::Status | Line::Output => self.printed(text, kind, span),
        }
    }

    fn complain(&mut self, span: Range<usize>, variant: &'static str, advice: &'static str) {
        self.console.findings.push(
            Finding::new(&CONSOLE_FORMAT, span)
                .saying(variant)
                .advising(advice),
        );
    }

    fn last_command(&mut self) -> Option<&mut Step> {
        match self.console.items.get_mut(self.last?) {
            Some(Item::Command(step)) => Some(step),
            _ => None,
        }
    }

    fn command(&mut self, span: Range<usize>) {
        self.end_command();
        if self.code[span.clone()].trim_end() == "$" {
            self.complain(span.clone(), "empty", "empty");
        }
        let mut step = Step {
            remarks: std::mem::take(&mut self.remarks),
            command: String::new(),
            places: Places::default(),
            shell: Shell::default(),
            span: span.clone(),
            output: Vec::new(),
            status: 0,
        };
        step.add(self.code, span);
        self.last = Some(self.console.items.len());
        self.console.items.push(Item::Command(Box::new(step)));
    }

    fn continuation(&mut self, span: Range<usize>) {
        let code = self.code;
        let Some(step) = self.last_command() else {
            return;
        };
        let is_whole = step.command.len() < LONG_COMMAND && shell::read(&step.command).is_whole();
        step.add(code, span.clone());
        if is_whole {
            self.complain(span, "whole", "whole");
        }
    }

    fn printed(&mut self, text: &str, kind: Line, span: Range<usize>) {
        if let Some(step) = self.last_command() {
            match kind {
                Line::Status => step.status = text.trim_start_matches("? ").parse().unwrap_or(-1),
                _ => step.output.push(span),
            }
        } else if !text.trim().is_empty() && self.console.findings.is_empty() {
            self.complain(span, "output-first", "output-first");
        }
    }

    /// Takes the last command apart once all its lines are there.
    fn end_command(&mut self) {
        let Some(step) = self.last_command() else {
            return;
        };
        step.shell = shell::read(&step.command);
        if let Some((range, what)) = step.shell.open.clone() {
            let (_, span) = step.places.locate(range);
            self.complain(span, what, "open");
        }
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
