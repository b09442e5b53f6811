//! What a check finds: a value that says where and what, in no language yet.
//!
//! A [`Finding`] is never an `Err`: a broken manifest still yields all that it can. Where a finding is printed, drawn or
//! counted is none of this module's business. Next: [`crate::words`] gives it words.

use crate::words::Words;
use crate::{Language, Version};
use std::ops::Range;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The API server refuses it, or the page is broken.
    Error,
    /// It works and should be changed; fails a check under `--deny warnings`.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word of reports: `error`, `warning`, `note`.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A kind of finding: its code, which never changes meaning, how bad it is, and where its words stand.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case, unique over all crates.
    pub code: &'static str,
    /// What every finding of this rule weighs.
    pub severity: Severity,
    /// The message files that hold the words of `code`.
    pub words: &'static Words,
}

/// One thing found at one place of a text.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What kind of finding it is.
    pub rule: &'static Rule,
    /// Where: bytes of the text that was checked. Never beyond its end; may be empty.
    pub span: Range<usize>,
    /// The field, as the API server names it (`spec.template.spec.containers[0].image`), or nothing.
    pub path: String,
    /// The object, as `Kind/name`, or nothing.
    pub object: String,
    /// The releases on which it holds, oldest first; empty where the release does not matter.
    pub versions: Vec<Version>,
    /// Which variant of the rule's message is said: nothing for the only one.
    pub variant: &'static str,
    /// Which variant of the rule's help is said: nothing for the only one (or for none).
    pub advice: &'static str,
    /// What the words have places for.
    pub arguments: Vec<(&'static str, String)>,
    /// Other places that explain this one.
    pub related: Vec<Related>,
}

/// A second place that explains a finding.
#[derive(Clone, Debug)]
pub struct Related {
    /// Bytes of the same text.
    pub span: Range<usize>,
    /// Which of the rule's `label.` texts is written there.
    pub label: &'static str,
}

impl Finding {
    /// A finding of `rule` at `span`, to be completed by the methods below.
    pub fn new(rule: &'static Rule, span: Range<usize>) -> Finding {
        Finding {
            rule,
            span,
            path: String::new(),
            object: String::new(),
            versions: Vec::new(),
            variant: "",
            advice: "",
            arguments: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Names the field.
    pub fn at(mut self, path: impl Into<String>) -> Finding {
        self.path = path.into();
        self
    }

    /// Fills the place `{name}` of the words.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Finding {
        self.arguments.push((name, value.into()));
        self
    }

    /// Says the message of this variant.
    pub fn saying(mut self, variant: &'static str) -> Finding {
        self.variant = variant;
        self
    }

    /// Gives the help of this variant.
    pub fn advising(mut self, advice: &'static str) -> Finding {
        self.advice = advice;
        self
    }

    /// Points at a second place.
    pub fn also(mut self, span: Range<usize>, label: &'static str) -> Finding {
        self.related.push(Related { span, label });
        self
    }

    /// What is wrong, in one line. The code itself where a message file has a hole, which a test rules out.
    pub fn message(&self, language: Language) -> String {
        self.text(language, "message", self.variant)
            .unwrap_or_else(|| self.rule.code.to_owned())
    }

    /// What to do, if there is something to say.
    pub fn help(&self, language: Language) -> Option<String> {
        self.text(language, "help", self.advice)
    }

    /// What is written at a related place.
    pub fn label(&self, language: Language, related: &Related) -> String {
        self.text(language, "label", related.label)
            .unwrap_or_default()
    }

    fn text(&self, language: Language, part: &str, variant: &str) -> Option<String> {
        let dot = if variant.is_empty() { "" } else { "." };
        let key = format!("{}.{part}{dot}{variant}", self.rule.code);
        self.rule.words.text(language, &key, &self.arguments)
    }
}
