//! Tabs at the start of lines: Kubernetes takes them within brackets, as in indented JSON, and within quotes.
//!
//! The parser is stricter than Kubernetes within brackets and laxer on lines that hold nothing else, or only a remark.
//! This makes up for both. `tests/yaml/readings.json` holds what a real kubectl says to each case.

use super::tree::dash;
use super::{Node, Value, YAML_SYNTAX};
use crate::Finding;
use granit_parser::Event;
use std::borrow::Cow;
use std::ops::Range;

/// How many such lines are looked at in a document: each may take a walk through a large map.
const LOOKS: usize = 200;

/// The first line of nothing but blanks and a remark whose tab Kubernetes refuses.
pub(super) fn on_idle_line(source: &str, piece: Range<usize>, root: &Node<'_>) -> Option<Finding> {
    let text = &source[piece.clone()];
    if !text.contains('\t') {
        return None;
    }
    let (mut start, mut looks) = (piece.start, LOOKS);
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t']);
        let indentation = &line[..line.len() - content.len()];
        let idle = content.trim().is_empty() || content.starts_with('#');
        let tab = indentation.find('\t').filter(|_| idle && looks > 0);
        looks -= usize::from(tab.is_some());
        if let Some(column) = tab.filter(|column| is_refused(source, start, *column, root)) {
            let end = start + indentation.rfind('\t').unwrap_or(column) + 1;
            return Some(
                Finding::new(&YAML_SYNTAX, start + column..end)
                    .saying("tab")
                    .advising("tab-on-idle-line"),
            );
        }
        start += line.len();
    }
    None
}

/// Whether a tab in `column` of the idle line at `start` is refused. It depends on what was read last before it.
fn is_refused(source: &str, start: usize, column: usize, root: &Node<'_>) -> bool {
    let Some((sign, value)) = last_before(source, start, root) else {
        return true;
    };
    let written = value.written(source);
    match written.chars().next() {
        Some('"' | '\'') if !value.plain => start >= value.span.end,
        Some('[' | '{') if matches!(value.value, Value::List(_) | Value::Map(_)) => {
            start >= value.span.end
        }
        Some('|' | '>') if !value.plain => {
            let mut lines = written.lines();
            let header = lines.next().unwrap_or_default();
            let first = lines.find(|line| !line.trim().is_empty());
            let indent = first.map(|line| line.len() - line.trim_start_matches(' ').len());
            !header.contains(|sign: char| sign.is_ascii_digit())
                && indent.is_some_and(|indent| column < indent)
        }
        Some(_) if value.plain => {
            column <= sign - source[..sign].rfind('\n').map_or(0, |at| at + 1)
        }
        _ => true,
    }
}

/// The last key or dash before a place, and its value. Nothing where no value has begun there.
fn last_before<'n, 's>(
    source: &str,
    place: usize,
    root: &'n Node<'s>,
) -> Option<(usize, &'n Node<'s>)> {
    let mut found = None;
    let mut node = root;
    loop {
        if source[node.span.start..].starts_with(['[', '{', '*']) {
            return found;
        }
        let next = match &node.value {
            Value::Map(entries) => entries
                .iter()
                .filter(|entry| entry.key_span.start < place)
                .max_by_key(|entry| entry.key_span.start)
                .map(|entry| (entry.key_span.start, &entry.value)),
            Value::List(items) => {
                let item = items.iter().rev().find(|item| item.span.start < place);
                item.map(|item| (dash(source, item.span.start), item))
            }
            _ => return found,
        };
        let (sign, value) = next?;
        found = Some((sign, value));
        node = value;
    }
}

/// The text with each tab at the start of a line within brackets made a blank: as many bytes, so that every place stays.
pub(super) fn as_blanks(text: &str) -> String {
    let mut blanks = String::with_capacity(text.len());
    let (mut depth, mut quote) = (0usize, None);
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t']);
        let indentation = &line[..line.len() - content.len()];
        if depth > 0 {
            blanks.extend(std::iter::repeat_n(' ', indentation.len()));
        } else {
            blanks.push_str(indentation);
        }
        blanks.push_str(content);
        let mut before = ' ';
        for character in content.chars() {
            match (quote, character) {
                (Some(open), character)
                    if character == open && !(open == '"' && before == '\\') =>
                {
                    quote = None
                }
                (Some(_), _) => {}
                (None, '#') if before.is_whitespace() => break,
                (None, '"' | '\'')
                    if before.is_whitespace() || matches!(before, ':' | ',' | '[' | '{') =>
                {
                    quote = Some(character)
                }
                (None, '[' | '{') if depth > 0 || before.is_whitespace() => depth += 1,
                (None, ']' | '}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            before = character;
        }
    }
    blanks
}

/// An event that borrows nothing.
pub(super) fn owned<'s>(event: Event<'_>) -> Event<'s> {
    fn text<'s>(text: Cow<'_, str>) -> Cow<'s, str> {
        Cow::Owned(text.into_owned())
    }
    fn tag<'s, T: Clone>(tag: Option<Cow<'_, T>>) -> Option<Cow<'s, T>> {
        tag.map(|tag| Cow::Owned(tag.into_owned()))
    }
    match event {
        Event::Alias(anchor) => Event::Alias(anchor),
        Event::Anchor(anchor, name) => Event::Anchor(anchor, text(name)),
        Event::UnresolvedAlias(name) => Event::UnresolvedAlias(text(name)),
        Event::Scalar(scalar, style, anchor, of) => {
            Event::Scalar(text(scalar), style, anchor, tag(of))
        }
        Event::SequenceStart(style, anchor, of) => Event::SequenceStart(style, anchor, tag(of)),
        Event::SequenceEnd => Event::SequenceEnd,
        Event::MappingStart(style, anchor, of) => Event::MappingStart(style, anchor, tag(of)),
        Event::MappingEnd => Event::MappingEnd,
        // Where documents and the text begin and end: nothing that a tree is made of.
        _ => Event::DocumentEnd,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_outside_brackets_stay() {
        assert_eq!(as_blanks("a: [\n\tb]\nc:\n\td\n"), "a: [\n b]\nc:\n\td\n");
    }

    #[test]
    fn brackets_in_quotes_open_nothing() {
        assert_eq!(as_blanks("a: \"[\"\n\tb"), "a: \"[\"\n\tb");
    }
}
