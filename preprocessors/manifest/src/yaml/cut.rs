//! Cuts a text into documents, as kubectl does before any YAML is read: at the lines that begin with `---`.
//!
//! That is why an anchor ends with its document, why `---` within quotes ends them, and why a mistake in one document
//! leaves the next one readable. Within a piece a line `...` ends the document; what follows it, Kubernetes drops silently.
//! Knows lines and brackets only.

use super::{TEXT_AFTER_END, YAML_SYNTAX};
use crate::Finding;
use std::ops::Range;

/// A part of the text that is read by itself.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) span: Range<usize>,
    /// It is one object of JSON, as far as its brackets tell.
    pub(super) json: bool,
}

/// The pieces of a text, in order; those between two marks may be blank.
pub(super) fn cut(source: &str, findings: &mut Vec<Finding>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if let Some(rest) = line.strip_prefix("---") {
            let rest = rest.trim();
            if !rest.is_empty() && !rest.starts_with('#') {
                let span = at..at + line.trim_end().len();
                findings.push(
                    Finding::new(&YAML_SYNTAX, span)
                        .saying("mark")
                        .advising("mark")
                        .with("text", rest),
                );
            }
            objects(
                source,
                until_the_end(source, start..at, findings),
                &mut pieces,
            );
            start = at + line.len();
        }
        at += line.len();
    }
    objects(
        source,
        until_the_end(source, start..source.len(), findings),
        &mut pieces,
    );
    pieces
}

/// The part of a piece that is before its line `...`, if it has one.
fn until_the_end(source: &str, span: Range<usize>, findings: &mut Vec<Finding>) -> Range<usize> {
    let text = &source[span.clone()];
    let is_end = |line: &str| {
        line.strip_prefix("...")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    let mut at = span.start;
    let mut end = None;
    for line in text.split_inclusive('\n') {
        let said = line.trim();
        if end.is_none() && is_end(line) {
            end = Some(at);
        } else if end.is_some() && !said.is_empty() && !said.starts_with('#') && !is_end(line) {
            findings.push(Finding::new(
                &TEXT_AFTER_END,
                at..at + line.trim_end().len(),
            ));
            break;
        }
        at += line.len();
    }
    span.start..end.unwrap_or(span.end)
}

/// JSON needs no marks: `{…}{…}` are two objects.
fn objects(source: &str, span: Range<usize>, pieces: &mut Vec<Piece>) {
    let mut found = Vec::new();
    let mut at = span.start;
    loop {
        let blank = |character: char| character.is_ascii_whitespace() || character == '\u{feff}';
        let rest = source[at..span.end].trim_start_matches(blank);
        if rest.is_empty() && !found.is_empty() {
            break pieces.append(&mut found);
        }
        let start = span.end - rest.len();
        match object(rest) {
            Some(length) => {
                found.push(Piece {
                    span: start..start + length,
                    json: true,
                });
                at = start + length;
            }
            None => break pieces.push(Piece { span, json: false }),
        }
    }
}

/// The length of the bracketed text that `text` begins with.
fn object(text: &str) -> Option<usize> {
    if !text.starts_with('{') {
        return None;
    }
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn pieces(source: &str, wanted: &[&str]) {
        let cut = cut(source, &mut Vec::new());
        assert_eq!(
            cut.iter()
                .map(|piece| &source[piece.span.clone()])
                .collect::<Vec<_>>(),
            wanted
        );
    }

    #[test]
    fn a_mark_ends_a_document() {
        pieces("a: 1\n---\nb: 2\n", &["a: 1\n", "b: 2\n"]);
    }

    #[test]
    fn a_mark_may_carry_a_remark() {
        pieces("a: 1\r\n--- # next\r\nb: 2", &["a: 1\r\n", "b: 2"]);
    }

    #[test]
    fn an_indented_mark_is_none() {
        pieces("a: |\n  ---\n", &["a: |\n  ---\n"]);
    }

    #[test]
    fn objects_of_json_need_no_mark() {
        pieces(
            "{\"a\": \"}\\\"\"}\n{\"b\": []}\n",
            &["{\"a\": \"}\\\"\"}", "{\"b\": []}"],
        );
    }

    #[test]
    fn a_bracket_with_more_behind_it_is_not_json() {
        pieces("{a: 1}: 2\n", &["{a: 1}: 2\n"]);
    }
}
