//! Reads what a fence's info string promises of its code.
//!
//! Knows the contract of fences (`yaml,expect=CODE`, `console,norun`, …), not what YAML or a console may hold.
//! Next: [`crate::check`] keeps the promises, [`crate::console`] reads commands, [`crate::html`] shows both.

use crate::places::Places;
use crate::rules::FENCE_ATTRIBUTE;
use ladder_manifest::Finding;
use std::ops::Range;

/// A fenced code block.
#[derive(Clone, Debug)]
pub struct Fence {
    /// The info string as it stands.
    pub info: String,
    /// The info string's place in the page's text; empty behind the fence's marks where there is none.
    pub info_span: Range<usize>,
    /// The whole block, from its first mark to its last.
    pub span: Range<usize>,
    /// The code, without the indentation of a list.
    pub code: String,
    /// Where the code's bytes stand in the page's text.
    pub places: Places,
    /// What it is.
    pub kind: Kind,
    /// The comment right before it, as bytes of the page's text.
    pub comment: Option<Range<usize>>,
    /// Which of the page's includes is the whole code.
    pub include: Option<usize>,
}

/// What a fence is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `yaml` or `yml`, with what is said of it.
    Manifest(Promise),
    /// `console`.
    Console(On),
    /// Anything else: shown as it is.
    Other,
}

/// What is said of a YAML fence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promise {
    /// `fragment=Deployment.spec.template`: the place of the schema.
    pub fragment: Option<String>,
    /// `expect=CODE`: the finding that it must yield.
    pub expect: Option<String>,
    /// `ignore`: not checked.
    pub ignore: bool,
}

/// Where a console's commands run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// On a real cluster and on the practice cluster.
    Both,
    /// `norun`: shown only.
    Nothing,
    /// `cluster`: only on a real cluster.
    Cluster,
    /// `practice`: only on the practice cluster.
    Practice,
}

impl Fence {
    /// Moves a range of the code to the page's text.
    pub fn in_page(&self, range: Range<usize>) -> Range<usize> {
        self.places.locate(range).1
    }

    /// Moves a finding in the code, its related places with it, to the page's text.
    pub fn found(&self, mut finding: Finding) -> Finding {
        finding.span = self.in_page(finding.span);
        for related in &mut finding.related {
            related.span = self.in_page(related.span.clone());
        }
        finding
    }
}

/// A fence while its lines come in.
pub(crate) struct Raw {
    info: String,
    info_span: Range<usize>,
    span: Range<usize>,
    code: String,
    places: Places,
    comment: Option<Range<usize>>,
}

impl Raw {
    pub(crate) fn new(
        info: &str,
        text: &str,
        span: Range<usize>,
        comment: Option<Range<usize>>,
    ) -> Raw {
        let line = text[span.clone()].lines().next().unwrap_or_default();
        let marks = line.len() - line.trim_start_matches(['`', '~']).len();
        let start = span.start + marks + (line[marks..].len() - line[marks..].trim_start().len());
        let end = start + text[start..span.start + line.len()].trim_end().len();
        Raw {
            info: info.to_owned(),
            info_span: start..end.max(start),
            span,
            code: String::new(),
            places: Places::default(),
            comment,
        }
    }

    /// A piece of code. What the parser made itself (`\n` of `\r\n`) has the length of its place or none.
    pub(crate) fn push(&mut self, text: &str, span: Range<usize>) {
        let length = if span.len() == text.len() {
            text.len()
        } else {
            text.len().min(span.len())
        };
        self.places.push(self.code.len(), 0, span.start, length);
        self.code.push_str(text);
    }

    /// The code's place in the page's text, without its last line break.
    pub(crate) fn code_span(&self) -> Range<usize> {
        let code = self.code.strip_suffix('\n').unwrap_or(&self.code);
        self.places.locate(0..code.len()).1
    }
}

/// Reads the info string. An attribute without meaning is a finding in the page's text, placed by the caller's page.
pub(crate) fn read(raw: Raw, include: Option<usize>, findings: &mut Vec<Finding>) -> Fence {
    let mut words = raw
        .info
        .split([',', ' ', '\t'])
        .filter(|word| !word.is_empty());
    let language = words.next().unwrap_or_default();
    let mut unknown = Vec::new();
    let kind = match language {
        "yaml" | "yml" => Kind::Manifest(promise(words, &mut unknown)),
        "console" => Kind::Console(on(words, &mut unknown)),
        _ => Kind::Other,
    };
    for attribute in unknown {
        let at = raw.info_span.start + raw.info.find(attribute).unwrap_or(0);
        let finding =
            Finding::new(&FENCE_ATTRIBUTE, at..at + attribute.len()).with("attribute", attribute);
        findings.push(
            finding
                .with("language", language)
                .advising(if language == "console" {
                    "console"
                } else {
                    "yaml"
                }),
        );
    }
    let Raw {
        info,
        info_span,
        span,
        code,
        places,
        comment,
    } = raw;
    Fence {
        kind,
        info,
        info_span,
        span,
        code,
        places,
        comment,
        include,
    }
}

fn promise<'i>(words: impl Iterator<Item = &'i str>, unknown: &mut Vec<&'i str>) -> Promise {
    let mut promise = Promise::default();
    for word in words {
        match word.split_once('=') {
            Some(("fragment", place)) if !place.is_empty() => {
                promise.fragment = Some(place.to_owned())
            }
            Some(("expect", code)) if !code.is_empty() => promise.expect = Some(code.to_owned()),
            None if word == "ignore" => promise.ignore = true,
            _ => unknown.push(word),
        }
    }
    promise
}

fn on<'i>(words: impl Iterator<Item = &'i str>, unknown: &mut Vec<&'i str>) -> On {
    let mut on = On::Both;
    for word in words {
        match word {
            "norun" => on = On::Nothing,
            "cluster" => on = On::Cluster,
            "practice" => on = On::Practice,
            _ => unknown.push(word),
        }
    }
    on
}
