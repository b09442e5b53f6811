//! Colours YAML line by line: keys, strings, numbers, words like `true`, comments.
//!
//! Works on any text, also on what is no YAML: a fence may show a part of a manifest, or a wrong one.

use super::{escaped, span};

/// The text as HTML on one line, with a `<span>` around each part that has a colour.
pub(super) fn coloured(code: &str) -> String {
    let mut html = String::with_capacity(code.len() * 3);
    let mut block: Option<usize> = None;
    for (index, line) in code.split('\n').enumerate() {
        if index > 0 {
            html.push_str("&#10;");
        }
        let indent = line.len() - line.trim_start_matches(' ').len();
        if line.trim().is_empty() {
            html.push_str(&escaped(line));
            continue;
        }
        if block.is_some_and(|parent| indent > parent) {
            html.push_str(&escaped(&line[..indent]));
            html.push_str(&span("yaml-string", &line[indent..]));
            continue;
        }
        block = begins_block(line).then_some(indent);
        html.push_str(&line_coloured(line));
    }
    html
}

/// Whether the lines below, as far as they stand to the right, are one text: `key: |`.
fn begins_block(line: &str) -> bool {
    let line = without_comment(line).trim_end();
    let last = line.rsplit([' ', ':']).next().unwrap_or_default();
    let marks = last.trim_start_matches(['|', '>']);
    last.len() == marks.len() + 1
        && marks
            .chars()
            .all(|mark| matches!(mark, '+' | '-' | '1'..='9'))
        && line.len() > last.len()
}

fn line_coloured(line: &str) -> String {
    let mut html = String::new();
    let code = without_comment(line);
    let mut rest = code;
    loop {
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        html.push_str(&rest[..blanks]);
        rest = &rest[blanks..];
        match rest
            .strip_prefix("- ")
            .or_else(|| (rest == "-").then_some(""))
        {
            Some(item) => {
                html.push_str(&span("yaml-mark", "-"));
                html.push_str(&" ".repeat(rest.len() - item.len() - 1));
                rest = item;
            }
            None => break,
        }
    }
    if rest == "---" || rest == "..." {
        html.push_str(&span("yaml-mark", rest));
    } else if let Some(colon) = key_end(rest) {
        html.push_str(&span("yaml-key", &rest[..colon]));
        html.push_str(&span("yaml-mark", ":"));
        html.push_str(&value(&rest[colon + 1..]));
    } else {
        html.push_str(&value(rest));
    }
    if code.len() < line.len() {
        html.push_str(&span("yaml-comment", &line[code.len()..]));
    }
    html
}

/// Where the colon behind a key stands.
fn key_end(text: &str) -> Option<usize> {
    if text.starts_with(['{', '[', '#', '&', '*', '!', '|', '>']) {
        return None;
    }
    let from = match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].find(quote)? + 2,
        _ => 0,
    };
    let colon = text[from..]
        .match_indices(':')
        .map(|(at, _)| from + at)
        .find(|at| text[at + 1..].is_empty() || text[at + 1..].starts_with(' '))?;
    (from == 0 || colon == from).then_some(colon)
}

/// A value: a scalar, or a list or map in brackets.
fn value(text: &str) -> String {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    let (before, after) = (&text[..start], &text[start + trimmed.len()..]);
    let inner = if trimmed.starts_with(['{', '[']) {
        flow(trimmed)
    } else {
        scalar(trimmed)
    };
    format!("{}{inner}{}", escaped(before), escaped(after))
}

fn flow(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if "{}[],: ".contains(first) {
            html.push_str(&if first == ' ' {
                " ".to_owned()
            } else {
                span("yaml-mark", &rest[..1])
            });
            rest = &rest[1..];
            continue;
        }
        let end = flow_scalar_end(rest, first);
        let is_key = rest[end..].starts_with(':');
        html.push_str(&if is_key {
            span("yaml-key", &rest[..end])
        } else {
            scalar(&rest[..end])
        });
        rest = &rest[end..];
    }
    html
}

fn flow_scalar_end(text: &str, first: char) -> usize {
    if matches!(first, '"' | '\'') {
        return text[1..].find(first).map_or(text.len(), |at| at + 2);
    }
    let bytes = text.as_bytes();
    let ends = |at: usize| {
        matches!(bytes[at], b',' | b'}' | b']' | b'{' | b'[')
            || (bytes[at] == b':' && bytes.get(at + 1).is_none_or(|next| b" ,}]".contains(next)))
    };
    (1..bytes.len())
        .find(|at| ends(*at))
        .unwrap_or(bytes.len())
        .max(first.len_utf8())
}

fn scalar(text: &str) -> String {
    let is_word = matches!(
        text,
        "true" | "false" | "null" | "~" | "yes" | "no" | "on" | "off"
    );
    let is_number = text.parse::<f64>().is_ok()
        && text
            .starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.'));
    match text.chars().next() {
        None => String::new(),
        Some('&' | '*' | '!' | '|' | '>') => span("yaml-mark", text),
        _ if is_word => span("yaml-word", text),
        _ if is_number => span("yaml-number", text),
        _ => span("yaml-string", text),
    }
}

/// The line up to its comment, with the blanks before it.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, character) in line.char_indices() {
        match (quote, character) {
            (None, '#') if before == ' ' => return &line[..at],
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',') => {
                quote = Some(character)
            }
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
        before = character;
    }
    line
}
