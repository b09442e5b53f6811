//! `--record`: writes what was really printed into the pages, in every language of it, for the author to review.
//!
//! Only outputs that differ are written; of these, lines that say the same stay as they are, `...` too. Secrets are not written.

use super::compare::{self, Beside};
use super::play::Played;
use super::script::{Edition, Printed, Script};
use super::secrets::Secrets;
use crate::write;
use anyhow::Result;

/// Writes the differences of a script's commands; how many files changed.
pub(crate) fn record(
    script: &Script,
    played: &[Played<'_>],
    secrets: &Secrets,
    home: (&str, &str),
) -> Result<usize> {
    let mut written = 0;
    for (number, edition) in script.editions.iter().enumerate() {
        let text = rewritten(number, edition, played, secrets, home);
        if text != edition.text {
            write::replace(&edition.file, &text)?;
            written += 1;
        }
    }
    Ok(written)
}

fn rewritten(
    number: usize,
    edition: &Edition,
    played: &[Played<'_>],
    secrets: &Secrets,
    home: (&str, &str),
) -> String {
    let mut text = edition.text.clone();
    // From the end on, so that places before it stay what they are.
    for played in played
        .iter()
        .rev()
        .filter(|played| played.differs.contains(&number))
    {
        let printed = &played.step.printed[number];
        let lines: Vec<String> = output(played, number, secrets, home)
            .iter()
            .map(|line| {
                format!("{}{line}", printed.indentation)
                    .trim_end()
                    .to_owned()
            })
            .collect();
        replace(&mut text, printed, &lines.join("\n"));
    }
    text
}

fn replace(text: &mut String, printed: &Printed, lines: &str) {
    let span = printed.span.clone();
    if !span.is_empty() {
        // The first line's indentation stands before the span.
        let lines = lines.strip_prefix(&printed.indentation).unwrap_or(lines);
        let end = if lines.is_empty() && text[span.end..].starts_with('\n') {
            span.end + 1
        } else {
            span.end
        };
        text.replace_range(span.start..end, lines);
    } else if !lines.is_empty() {
        text.insert_str(span.end, &format!("\n{lines}"));
    }
}

/// The lines of the output and, where it is not 0, the status.
fn output(
    played: &Played<'_>,
    number: usize,
    secrets: &Secrets,
    home: (&str, &str),
) -> Vec<String> {
    let printed = &played.step.printed[number];
    let masked = secrets.mask(&played.answer.output);
    let got = compare::printed(&masked);
    let mut lines = Vec::new();
    for beside in played.expected[number].beside(&played.answer.output, &played.bound) {
        match beside {
            Beside::Same(page, _) => lines.push(printed.lines[page].1.clone()),
            Beside::Missing(page) if printed.lines[page].1 == "..." => lines.push("...".to_owned()),
            Beside::Missing(_) => {}
            Beside::Extra(here) => lines.push(named(got[here], home)),
        }
    }
    if lines.len() > 1 && shape_changed(&lines, printed) {
        lines = got.iter().map(|line| named(line, home)).collect();
    }
    if played.answer.status != 0 {
        lines.push(format!("? {}", played.answer.status));
    }
    lines
}

/// Where rows of a table changed, all of it is written anew: its columns would not line up otherwise.
fn shape_changed(lines: &[String], printed: &Printed) -> bool {
    let any = printed
        .lines
        .iter()
        .any(|(_, line)| line == "..." || line.contains("[..]"));
    !any && lines.iter().any(|line| super::shape::is_header(line))
}

/// The run's namespace by the name that the page gives it.
fn named(line: &str, (page, here): (&str, &str)) -> String {
    if page == here {
        return line.to_owned();
    }
    let is_name = |character: char| character.is_ascii_alphanumeric() || character == '-';
    let mut named = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(here) {
        let (before, behind) = (&rest[..at], &rest[at + here.len()..]);
        let alone = !before.ends_with(is_name) && !behind.starts_with(is_name);
        named.push_str(before);
        named.push_str(if alone { page } else { here });
        rest = behind;
    }
    named.push_str(rest);
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(span: std::ops::Range<usize>) -> Printed {
        Printed {
            line: 1,
            lines: Vec::new(),
            status: 0,
            span,
            indentation: String::new(),
        }
    }

    #[test]
    fn an_output_is_replaced_inserted_or_taken_away() {
        let mut text = "$ a\nold\n$ b\n".to_owned();
        replace(&mut text, &printed(4..7), "new\nlines");
        assert_eq!(text, "$ a\nnew\nlines\n$ b\n");
        let mut text = "$ a\n$ b\n".to_owned();
        replace(&mut text, &printed(3..3), "new");
        assert_eq!(text, "$ a\nnew\n$ b\n");
        let mut text = "$ a\nold\n$ b\n".to_owned();
        replace(&mut text, &printed(4..7), "");
        assert_eq!(text, "$ a\n$ b\n");
    }

    #[test]
    fn the_namespace_gets_the_page_s_name() {
        assert_eq!(
            named(
                "deleted from ladder namespace, ladder-x",
                ("default", "ladder")
            ),
            "deleted from default namespace, ladder-x"
        );
    }
}
