//! Builds the values of one document from the parser's events: aliases and merges expanded, keys made unique.
//!
//! Keeps its own stack, so that depth costs no recursion, and counts what aliases multiply, as Kubernetes' reader does.
//! Knows events; which words are said about a syntax error is [`super::complaint`]'s business.

use super::aliasing::Aliasing;
use super::map::{Map, no_merge};
use super::scalar::{self, Misfit};
use super::{Entry, INVISIBLE_CHARACTER, Node, Value, YAML_LIMIT, YAML_SYNTAX, YAML_VALUE};
use crate::{Finding, Severity};
use granit_parser::{Event, ScalarStyle, StructureStyle, Tag};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// How deep values may stand in one another. No kind of Kubernetes comes near it.
pub(super) const DEPTH: usize = 255;

/// How many values a document may hold: written as short as can be, more than these are a request larger than the 3 MiB that
/// an API server takes (`k8s.io/apiserver/pkg/server/config.go`, `MaxRequestBodyBytes`).
const VALUES: usize = 1_500_000;

/// How many values within named lists and maps may be kept a second time for the sake of aliases.
const KEPT: usize = 400_000;

/// How many errors, and how many warnings, a document may have before further ones are left out: nobody reads them, and
/// each takes its memory.
const FINDINGS: usize = 10_000;

/// A document on its way from events to values.
pub(super) struct Tree<'s, 'f> {
    /// The text whose bytes the spans count.
    source: &'s str,
    json: bool,
    open: Vec<Open<'s>>,
    anchors: HashMap<usize, Anchor<'s>>,
    kept: usize,
    aliasing: Aliasing,
    root: Option<Node<'s>>,
    /// Holds what is to be filled in by a template, so that nothing more can be said about it.
    template: bool,
    findings: &'f mut Vec<Finding>,
    found_before: usize,
    /// Warnings and errors so far.
    found: [usize; 2],
}

/// The document cannot be built further; a finding says why.
pub(super) struct Abandoned;

/// A list or map whose end has not come yet.
struct Open<'s> {
    anchor: usize,
    span: Range<usize>,
    /// A flow collection ends where its bracket does, a block one where its last value does.
    flow: bool,
    content: Content<'s>,
    /// Values read within it, itself included, as [`Aliasing`] counts them.
    size: usize,
    height: usize,
    /// Where its last value ends.
    end: usize,
}

enum Content<'s> {
    List(Vec<Node<'s>>),
    Map(Map<'s>),
}

/// A key that waits for its value.
pub(super) struct Key<'s> {
    meaning: Meaning<'s>,
    span: Range<usize>,
}

enum Meaning<'s> {
    Text(Cow<'s, str>),
    Merge,
    /// No key of JSON, as a finding says.
    None,
}

struct Anchor<'s> {
    node: Node<'s>,
    size: usize,
    height: usize,
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

impl<'s, 'f> Tree<'s, 'f> {
    pub(super) fn new(source: &'s str, json: bool, findings: &'f mut Vec<Finding>) -> Tree<'s, 'f> {
        Tree {
            source,
            json,
            open: Vec::new(),
            anchors: HashMap::new(),
            kept: 0,
            aliasing: Aliasing::default(),
            root: None,
            template: false,
            found_before: findings.len(),
            found: [0; 2],
            findings,
        }
    }

    /// Where the innermost list or map in brackets begins, of those that are still open.
    pub(super) fn open_bracket(&self) -> Option<usize> {
        // A pair in a list, `[a: b]`, is a map too, without a bracket of its own.
        let mut starts = self.open.iter().rev().map(|open| open.span.start);
        starts.find(|start| self.source[*start..].starts_with(['[', '{']))
    }

    /// Forgets what was read, but not what was found to be wrong before.
    pub(super) fn restart(&mut self) {
        self.findings.truncate(self.found_before);
        self.found = [0; 2];
        self.open.clear();
        self.anchors.clear();
        self.kept = 0;
        self.aliasing = Aliasing::default();
        self.root = None;
    }

    /// What was read.
    pub(super) fn finish(self) -> Result<Option<Node<'s>>, Abandoned> {
        if self.template {
            Err(Abandoned)
        } else {
            Ok(self.root)
        }
    }

    /// Takes the next event, which stands at `span` in the source.
    pub(super) fn take(&mut self, event: Event<'s>, span: Range<usize>) -> Result<(), Abandoned> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text, style, anchor, tag.as_deref(), span)
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(name) => self.unresolved(&name, span),
            Event::Anchor(_, name) => {
                self.anchor_name(&name, span);
                Ok(())
            }
            Event::SequenceStart(style, anchor, _) => {
                self.start(style, anchor, span, Content::List(Vec::new()))
            }
            Event::MappingStart(style, anchor, _) => {
                self.start(style, anchor, span, Content::Map(Map::default()))
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            _ => Ok(()),
        }
    }

    fn start(
        &mut self,
        style: StructureStyle,
        anchor: usize,
        span: Range<usize>,
        content: Content<'s>,
    ) -> Result<(), Abandoned> {
        self.count(1, span.clone())?;
        if self.open.len() >= DEPTH {
            return self.beyond("depth", DEPTH, span);
        }
        let flow = matches!(style, StructureStyle::Flow);
        if flow {
            self.tab_before(span.start);
        }
        let end = span.end;
        self.open.push(Open {
            anchor,
            span,
            flow,
            content,
            size: 1,
            height: 0,
            end,
        });
        Ok(())
    }

    fn end(&mut self, span: Range<usize>) -> Result<(), Abandoned> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let Open {
            anchor,
            span: start,
            flow,
            content,
            size,
            height,
            end,
        } = open;
        let value = match content {
            Content::List(mut items) => {
                items.shrink_to_fit();
                Value::List(items)
            }
            Content::Map(mut map) => {
                map.entries.shrink_to_fit();
                Value::Map(map.entries)
            }
        };
        let begin = match &value {
            Value::List(items) if !flow => items
                .first()
                .map_or(start.start, |item| dash(self.source, item.span.start)),
            _ => start.start,
        };
        let span = begin..if flow { span.end } else { end };
        self.done(
            Node {
                span,
                value,
                plain: false,
            },
            anchor,
            size,
            height + 1,
        )
    }

    fn scalar(
        &mut self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) -> Result<(), Abandoned> {
        self.count(1, span.clone())?;
        let plain = style == ScalarStyle::Plain && tag.is_none();
        let span = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => self.with_header(self.trimmed(span)),
            _ => self.trimmed(span),
        };
        self.tab_before(span.start);
        if style == ScalarStyle::DoubleQuoted && !self.json {
            self.escapes(&span);
        }
        if self.wants_key() && plain && text == "<<" {
            self.key(Meaning::Merge, span);
            return Ok(());
        }
        let value = self.value(text.clone(), plain, tag, &span);
        if plain {
            self.invisible(&span);
        }
        if self.wants_key() {
            self.key_on_one_line(&span);
            let merge =
                tag.is_some_and(|tag| tag.core_suffix_of() == Some("merge")) && text == "<<";
            let meaning = if merge {
                Meaning::Merge
            } else {
                self.meaning_of_key(text, &value, &span)
            };
            if anchor != 0 {
                self.keep(
                    anchor,
                    Node {
                        span: span.clone(),
                        value,
                        plain,
                    },
                    1,
                    0,
                    &span,
                )?;
            }
            self.key(meaning, span);
            return Ok(());
        }
        let mut value = value;
        if let Value::Float(number) = value
            && !number.is_finite()
        {
            // Nothing that JSON has; null is what the rest of the checks have least to say about.
            value = Value::Null;
            let number = if number.is_nan() {
                "NaN"
            } else if number > 0.0 {
                "+Inf"
            } else {
                "-Inf"
            };
            self.find(
                Finding::new(&YAML_VALUE, span.clone())
                    .saying("infinite")
                    .advising("infinite")
                    .with("value", number),
            );
        }
        let span = if span.is_empty() {
            self.behind_the_sign(span)
        } else {
            span
        };
        self.done(Node { span, value, plain }, anchor, 1, 0)
    }

    /// JSON writes `\/`, and 🚀 as two `\u`; Kubernetes' YAML takes neither.
    fn escapes(&mut self, span: &Range<usize>) {
        let text = self.source.get(span.clone()).unwrap_or_default();
        let mut rest = text;
        while let Some(at) = rest.find('\\') {
            let from = text.len() - rest.len() + at;
            let escape = &text[from..];
            let surrogate = matches!(
                escape.as_bytes(),
                [
                    _,
                    b'u',
                    b'd' | b'D',
                    b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F',
                    ..,
                ]
            );
            if surrogate || escape.starts_with("\\/") {
                let length = if surrogate { escape.len().min(6) } else { 2 };
                let length = escape
                    .char_indices()
                    .map(|(at, _)| at)
                    .take_while(|at| *at <= length)
                    .last()
                    .unwrap_or(1);
                let span = span.start + from..span.start + from + length;
                let finding = Finding::new(&YAML_SYNTAX, span)
                    .saying("escape")
                    .advising("escape");
                let written = escape[..length].to_owned();
                self.find(finding.with("text", written));
            }
            let skip = escape.chars().take(2).map(char::len_utf8).sum::<usize>();
            rest = &escape[skip..];
        }
    }

    fn value(
        &mut self,
        text: Cow<'s, str>,
        plain: bool,
        tag: Option<&Tag>,
        span: &Range<usize>,
    ) -> Value<'s> {
        let Some(tag) = tag else {
            return if plain {
                scalar::plain(text)
            } else {
                Value::String(text)
            };
        };
        let name = tag.core_suffix_of();
        match scalar::tagged(text.clone(), name) {
            Ok(value) => value,
            Err(misfit) => {
                let variant = match misfit {
                    Misfit::Tag => "tag",
                    Misfit::Base64 => "base64",
                };
                let finding = Finding::new(&YAML_VALUE, span.clone())
                    .saying(variant)
                    .advising(variant);
                self.find(
                    finding
                        .with("tag", name.unwrap_or_default())
                        .with("value", text),
                );
                Value::Null
            }
        }
    }

    /// Outside of brackets no line may be indented by a tab, not even behind blanks.
    fn tab_before(&mut self, at: usize) {
        let before = self.source[..at].trim_end_matches([' ', '\t']);
        if before.len() == at || !(before.is_empty() || before.ends_with('\n')) {
            return;
        }
        if let Some(tab) = self.source[before.len()..at]
            .find('\t')
            .filter(|_| self.open_bracket().is_none())
        {
            let start = before.len() + tab;
            self.find(
                Finding::new(&YAML_SYNTAX, start..start + 1)
                    .saying("tab")
                    .advising("tab"),
            );
        }
    }

    /// In brackets YAML 1.2 lets a key go over lines; Kubernetes does not.
    fn key_on_one_line(&mut self, span: &Range<usize>) {
        let broken = self
            .source
            .get(span.clone())
            .is_some_and(|text| text.contains('\n'));
        if let Some(open) = self.open_bracket().filter(|_| broken) {
            let close = if self.source[open..].starts_with('[') {
                "]"
            } else {
                "}"
            };
            let finding = Finding::new(&YAML_SYNTAX, span.clone())
                .saying("separator")
                .advising("separator");
            self.find(finding.with("close", close).also(open..open + 1, "opened"));
        }
    }

    /// A blank that is none to YAML becomes part of the text, and nobody sees it.
    fn invisible(&mut self, span: &Range<usize>) {
        let odd = |character: char| {
            matches!(
                character,
                '\u{a0}' | '\u{3000}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
            )
        };
        let text = self.source.get(span.clone()).unwrap_or_default();
        let (head, tail) = (text.trim_start_matches(odd), text.trim_end_matches(odd));
        let odd = if head.len() < text.len() {
            span.start..span.end - head.len()
        } else if tail.len() < text.len() {
            span.start + tail.len()..span.end
        } else {
            return;
        };
        let character = self.source[odd.start..].chars().next().unwrap_or_default();
        let finding = Finding::new(&INVISIBLE_CHARACTER, odd);
        self.find(finding.with("character", format!("U+{:04X}", u32::from(character))));
    }

    fn meaning_of_key(
        &mut self,
        text: Cow<'s, str>,
        value: &Value<'s>,
        span: &Range<usize>,
    ) -> Meaning<'s> {
        match scalar::key(text, value) {
            Some(key) => Meaning::Text(key),
            None => {
                let variant = if *value == Value::Null {
                    "null-key"
                } else {
                    "long-key"
                };
                self.find(
                    Finding::new(&YAML_VALUE, span.clone())
                        .saying(variant)
                        .advising("quote-key"),
                );
                Meaning::None
            }
        }
    }

    fn alias(&mut self, anchor: usize, span: Range<usize>) -> Result<(), Abandoned> {
        let Some(kept) = self.anchors.get(&anchor) else {
            // The anchor stands on a list or map that is still open: on one that holds this alias.
            self.find(
                Finding::new(&YAML_SYNTAX, span)
                    .saying("endless-alias")
                    .advising("endless-alias"),
            );
            return Err(Abandoned);
        };
        let (size, height) = (kept.size, kept.height);
        self.count(1, span.clone())?;
        self.aliasing.expanded += size;
        self.count(size, span.clone())?;
        if self.open.len() + height > DEPTH {
            return self.beyond("depth", DEPTH, span);
        }
        let node = Node {
            span: span.clone(),
            ..self.anchors[&anchor].node.clone()
        };
        if self.wants_key() {
            let text = Cow::Owned(self.anchors[&anchor].node.written(self.source).to_owned());
            let meaning = match &node.value {
                Value::List(_) | Value::Map(_) => self.collection_key(&span),
                value => self.meaning_of_key(text, value, &span),
            };
            self.key(meaning, span);
            return Ok(());
        }
        self.put(node, 1 + size, height);
        Ok(())
    }

    fn unresolved(&mut self, name: &str, span: Range<usize>) -> Result<(), Abandoned> {
        let finding = Finding::new(&YAML_SYNTAX, span.clone());
        if name.bytes().all(is_name) {
            self.find(finding.saying("alias").advising("alias").with("name", name));
        } else {
            let text = self.source[span.clone()].trim_end_matches(':').to_owned();
            self.find(
                finding
                    .saying("asterisk")
                    .advising("quote")
                    .with("text", text),
            );
            // Where it is meant as a key, what follows makes no sense without it.
            if name.ends_with(':') {
                return Err(Abandoned);
            }
        }
        self.count(1, span.clone())?;
        self.put(
            Node {
                span,
                value: Value::Null,
                plain: false,
            },
            1,
            0,
        );
        Ok(())
    }

    /// Kubernetes' reader takes fewer names of anchors than YAML does.
    fn anchor_name(&mut self, name: &str, span: Range<usize>) {
        if !name.bytes().all(is_name) {
            let finding = Finding::new(&YAML_SYNTAX, span)
                .saying("anchor-name")
                .advising("anchor-name");
            self.find(finding.with("name", name));
        }
    }

    /// A value is complete: it is kept for aliases if it is named, and put where it belongs.
    fn done(
        &mut self,
        node: Node<'s>,
        anchor: usize,
        size: usize,
        height: usize,
    ) -> Result<(), Abandoned> {
        if anchor != 0 {
            let span = node.span.clone();
            self.keep(anchor, node.clone(), size, height, &span)?;
        }
        self.put(node, size, height);
        Ok(())
    }

    fn keep(
        &mut self,
        anchor: usize,
        node: Node<'s>,
        size: usize,
        height: usize,
        span: &Range<usize>,
    ) -> Result<(), Abandoned> {
        self.kept += size - 1;
        if self.kept > KEPT {
            return self.beyond("aliases", 0, span.clone());
        }
        self.anchors.insert(anchor, Anchor { node, size, height });
        Ok(())
    }

    /// Puts a value into the innermost open list or map.
    fn put(&mut self, node: Node<'s>, size: usize, height: usize) {
        if self.wants_key() {
            let span = node.span.clone();
            let meaning = self.collection_key(&span);
            self.key(meaning, span);
            return;
        }
        let at_top = self.open.len() == 1;
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        open.size += size;
        open.height = open.height.max(height);
        open.end = open.end.max(node.span.end);
        let finding = match &mut open.content {
            Content::List(items) => {
                let tab = (!open.flow).then(|| tab_behind_dash(self.source, node.span.start));
                items.push(node);
                tab.flatten()
            }
            Content::Map(map) => match map.key.take() {
                Some(Key {
                    meaning: Meaning::Text(key),
                    span,
                }) => {
                    let begins = at_top && matches!(&*key, "apiVersion" | "kind");
                    let finding = map.write(Entry {
                        key,
                        key_span: span,
                        value: node,
                    });
                    finding.map(|finding| finding.advising(if begins { "mark" } else { "keep" }))
                }
                Some(Key {
                    meaning: Meaning::Merge,
                    ..
                }) => {
                    let list_by_alias = matches!(node.value, Value::List(_))
                        && node.written(self.source).starts_with('*');
                    if list_by_alias {
                        Some(no_merge(node.span))
                    } else {
                        map.merge(node)
                    }
                }
                _ => None,
            },
        };
        if let Some(finding) = finding {
            self.find(finding);
        }
    }

    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { content: Content::Map(map), .. }) if map.key.is_none())
    }

    fn key(&mut self, meaning: Meaning<'s>, span: Range<usize>) {
        if let Some(Open {
            content: Content::Map(map),
            size,
            ..
        }) = self.open.last_mut()
        {
            map.key = Some(Key { meaning, span });
            *size += 1;
        }
    }

    fn collection_key(&mut self, span: &Range<usize>) -> Meaning<'s> {
        if self.source[span.start..].starts_with("{{") {
            // A template as a key: found when its inner bracket was read.
            return Meaning::None;
        }
        if self.source[span.start..].starts_with('{') && self.source[..span.start].ends_with('{') {
            let span = span.start - 1..(span.end + 1).min(self.source.len());
            let written = self.source.get(span.clone()).unwrap_or_default();
            self.template = true;
            self.find(
                Finding::new(&YAML_SYNTAX, span)
                    .saying("template")
                    .advising("template")
                    .with("text", written),
            );
        } else {
            self.find(
                Finding::new(&YAML_VALUE, span.clone())
                    .saying("collection-key")
                    .advising("collection-key"),
            );
        }
        Meaning::None
    }

    /// The place of a value that is not written: behind the colon or the dash that announces it.
    fn behind_the_sign(&self, span: Range<usize>) -> Range<usize> {
        let Some(Open {
            content: Content::Map(Map { key: Some(key), .. }),
            ..
        }) = self.open.last()
        else {
            return span;
        };
        let rest = &self.source[key.span.end..];
        match rest.trim_start().strip_prefix(':') {
            Some(behind) => {
                let at = self.source.len() - behind.len();
                at..at
            }
            None => key.span.end..key.span.end,
        }
    }

    /// Without the blanks and breaks that follow.
    fn trimmed(&self, span: Range<usize>) -> Range<usize> {
        let text = self.source.get(span.clone()).unwrap_or_default();
        span.start..span.start + text.trim_end_matches([' ', '\t', '\n', '\r']).len()
    }

    /// With the `|` or `>` that a text of several lines begins with.
    fn with_header(&self, span: Range<usize>) -> Range<usize> {
        let before = self.source[..span.start].trim_end();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let header = before[line..].split(" #").next().unwrap_or_default();
        header
            .rfind(['|', '>'])
            .map_or(span.clone(), |at| line + at..span.end)
    }

    fn count(&mut self, values: usize, span: Range<usize>) -> Result<(), Abandoned> {
        self.aliasing.read += values;
        if self.aliasing.excessive() {
            return self.beyond("aliases", 0, span);
        }
        if self.aliasing.read > VALUES {
            return self.beyond("values", VALUES, span);
        }
        Ok(())
    }

    /// Gives up: the document passes the limit of this name.
    fn beyond(
        &mut self,
        name: &'static str,
        limit: usize,
        span: Range<usize>,
    ) -> Result<(), Abandoned> {
        let finding = Finding::new(&YAML_LIMIT, span).saying(name).advising(name);
        self.find(finding.with("limit", limit.to_string()));
        Err(Abandoned)
    }

    fn find(&mut self, finding: Finding) {
        let found = &mut self.found[usize::from(finding.rule.severity == Severity::Error)];
        *found += 1;
        if *found <= FINDINGS {
            self.findings.push(finding);
        }
    }
}

/// `-` and a tab: a list item to YAML 1.2, but not to Kubernetes.
fn tab_behind_dash(source: &str, at: usize) -> Option<Finding> {
    let before = source[..at].trim_end_matches([' ', '\t']);
    let blanks = &source[before.len()..at];
    (before.ends_with('-') && blanks.contains('\t')).then(|| {
        Finding::new(&YAML_SYNTAX, before.len()..at)
            .saying("tab")
            .advising("tab-behind-dash")
    })
}

/// Where the `-` before a list item is.
pub(super) fn dash(source: &str, item: usize) -> usize {
    source[..item]
        .trim_end()
        .strip_suffix('-')
        .map_or(item, str::len)
}

/// The name of a tag of YAML itself: `str` of `!!str`.
trait CoreTag {
    fn core_suffix_of(&self) -> Option<&str>;
}

impl CoreTag for Tag {
    fn core_suffix_of(&self) -> Option<&str> {
        match self.handle() {
            "tag:yaml.org,2002:" => Some(self.suffix()),
            "" => self.suffix().strip_prefix("tag:yaml.org,2002:"),
            _ => None,
        }
    }
}
