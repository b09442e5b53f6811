//! Reads YAML (and JSON, which is YAML) exactly as Kubernetes does, and keeps the place of every key and value.
//!
//! Kubernetes reads YAML 1.1: `yes` is true, `0644` is 420, `<<` merges; a file is cut into documents at lines that are `---`.
//! Reading is total: whatever is wrong is a finding, and the documents after it are still read.
//! Knows YAML, not Kubernetes' kinds. Next: the schema reads the [`Node`]s.

mod aliasing;
mod complaint;
mod cut;
mod map;
mod scalar;
mod tabs;
mod text;
mod tree;

pub(crate) use text::NOT_UTF8;
pub use text::text;

use crate::rules::WORDS;
use crate::{Finding, Rule, Severity};
use cut::Piece;
use granit_parser::{ErrorKind, Event, Parser, ScanError};
use std::borrow::Cow;
use std::ops::Range;
use tree::{Abandoned, Tree};

/// A text read as YAML.
#[derive(Debug, Default)]
pub struct Read<'s> {
    /// The documents that hold something: those of comments and blank lines alone are left out, as kubectl does.
    pub documents: Vec<Document<'s>>,
    /// What is wrong with the text as YAML, in the order of the text.
    pub findings: Vec<Finding>,
}

/// One document of a text.
#[derive(Debug)]
pub struct Document<'s> {
    /// What stands in it; nothing where it could not be read, which a finding within `span` explains.
    pub root: Option<Node<'s>>,
    /// From the first to the last byte that is not blank, without the `---` lines.
    pub span: Range<usize>,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'s> {
    /// The bytes of the value, with its quotes, brackets or `|`: for a map from its first key, for a list from its first dash,
    /// to the end of the last value.
    /// A value that is not written (`key:`) is the empty range behind the colon. An alias is the bytes of `*name`, while
    /// what stands within it keeps the places where it is written.
    pub span: Range<usize>,
    /// What Kubernetes makes of it.
    pub value: Value<'s>,
    /// A scalar without quotes, whose type was therefore guessed from its text: see [`Node::written`].
    pub plain: bool,
}

/// What a value is, in the types of JSON: Kubernetes knows no others.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'s> {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true`, `yes`, `on`, `y` and their opposites.
    Bool(bool),
    /// A whole number that fits.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(Cow<'s, str>),
    /// A list.
    List(Vec<Node<'s>>),
    /// A map, in the order of the text. A key stands in it once: of several with the same name the last is kept, as
    /// kubectl does, and each of the others is a `duplicate-key` finding.
    Map(Vec<Entry<'s>>),
}

/// A key of a map, and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'s> {
    /// The key as Kubernetes reads it: `on:` is the key `true`.
    pub key: Cow<'s, str>,
    /// The bytes of the key, with its quotes.
    pub key_span: Range<usize>,
    /// The value.
    pub value: Node<'s>,
}

pub(crate) static YAML_SYNTAX: Rule = error("yaml-syntax");
pub(crate) static YAML_VALUE: Rule = error("yaml-value");
pub(crate) static YAML_LIMIT: Rule = error("yaml-limit");
pub(crate) static DUPLICATE_KEY: Rule = Rule {
    severity: Severity::Warning,
    ..error("duplicate-key")
};
pub(crate) static INVISIBLE_CHARACTER: Rule = Rule {
    severity: Severity::Warning,
    ..error("invisible-character")
};
pub(crate) static TEXT_AFTER_END: Rule = Rule {
    severity: Severity::Warning,
    ..error("text-after-end")
};

const fn error(code: &'static str) -> Rule {
    Rule {
        code,
        severity: Severity::Error,
        words: &WORDS,
    }
}

/// Reads a text. Never fails: what is wrong is in [`Read::findings`].
pub fn read(source: &str) -> Read<'_> {
    let mut findings = Vec::new();
    let pieces = cut::cut(source, &mut findings);
    let documents = pieces
        .iter()
        .filter_map(|piece| document(source, piece, &mut findings))
        .collect();
    findings.sort_by_key(|finding| finding.span.start);
    Read {
        documents,
        findings,
    }
}

/// Reads one piece of the text; nothing where it holds nothing.
fn document<'s>(
    source: &'s str,
    piece: &Piece,
    findings: &mut Vec<Finding>,
) -> Option<Document<'s>> {
    let span = without_blanks(source, piece.span.clone());
    if piece.span.is_empty() {
        return None;
    }
    if let Some(finding) = complaint::control_character(source, piece.span.clone()) {
        findings.push(finding);
        return Some(Document { root: None, span });
    }
    if !piece.json {
        findings.extend(complaint::hidden_break(source, piece.span.clone()));
    }
    let mut tree = Tree::new(source, piece.json, findings);
    let outcome = events(&source[piece.span.clone()], piece.span.start, &mut tree);
    let within = tree.open_bracket();
    match outcome.and_then(|()| tree.finish().map_err(|Abandoned| Stopped::Abandoned)) {
        Ok(root) => {
            let root = root.filter(|root| !root.is_null())?;
            findings.extend(tabs::on_idle_line(source, piece.span.clone(), &root));
            return Some(Document {
                root: Some(root),
                span,
            });
        }
        Err(Stopped::Abandoned) => {}
        Err(Stopped::Syntax(error)) => {
            let finding = complaint::complaint(source, piece.span.clone(), &error, within);
            let known =
                |other: &Finding| other.variant == finding.variant && other.span == finding.span;
            if !findings.iter().rev().any(known) {
                findings.push(finding);
            }
        }
    }
    Some(Document { root: None, span })
}

/// Why the events of a document stopped before its end.
enum Stopped {
    Abandoned,
    Syntax(ScanError),
}

/// Feeds the events of `text`, which stands at byte `offset` of the source, to the tree.
fn events<'s>(text: &'s str, offset: usize, tree: &mut Tree<'s, '_>) -> Result<(), Stopped> {
    match feed(text, offset, tree, |event| event) {
        Err(Stopped::Syntax(error)) if is_tab(&error) && tree.open_bracket().is_some() => {
            tree.restart();
            feed(&tabs::as_blanks(text), offset, tree, tabs::owned)
        }
        result => result,
    }
}

/// The parser takes no tab at the start of a line; Kubernetes does, within brackets.
fn is_tab(error: &ScanError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::TabInBlockIndentation | ErrorKind::TabNotAllowed | ErrorKind::TabInIndentation
    )
}

fn feed<'t, 's>(
    text: &'t str,
    offset: usize,
    tree: &mut Tree<'s, '_>,
    own: impl Fn(Event<'t>) -> Event<'s>,
) -> Result<(), Stopped> {
    let parser = Parser::new_from_str_with_options(
        text,
        granit_parser::options! {
            bom_inside_document_as_content: true,
            emit_anchor_events: true,
            emit_comments: false,
            emit_unresolved_aliases: true,
            flow_nesting_limit: tree::DEPTH + 1,
            block_nesting_limit: tree::DEPTH + 1,
        },
    );
    for next in parser {
        let (event, span) = next.map_err(Stopped::Syntax)?;
        let range = span.byte_range().unwrap_or_default();
        tree.take(own(event), offset + range.start..offset + range.end)
            .map_err(|Abandoned| Stopped::Abandoned)?;
    }
    Ok(())
}

fn without_blanks(source: &str, span: Range<usize>) -> Range<usize> {
    let blank = |character: char| character.is_whitespace() || character == '\u{feff}';
    let text = source[span.clone()].trim_start_matches(blank);
    let start = span.end - text.len();
    start..start + text.trim_end().len()
}

impl<'s> Node<'s> {
    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[Entry<'s>] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node<'s>] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry<'s>> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value of a key, also where it is null.
    pub fn get(&self, key: &str) -> Option<&Node<'s>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The text of a string; nothing for anything else.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is null, written or not.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// How it is written in the text that it was read from: `yes` where the value is true.
    pub fn written<'t>(&self, source: &'t str) -> &'t str {
        source.get(self.span.clone()).unwrap_or_default()
    }
}
