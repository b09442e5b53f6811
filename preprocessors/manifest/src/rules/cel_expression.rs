//! `cel-expression`: a condition in CEL names only what is there, ends with a value and comes out true or false.
//!
//! Expressions are not compiled: [`super::cel`] sees the mistakes that learners make. Asked of the conditions of an
//! admission policy and of the rules in the schema of a custom resource.

use super::cel::{is_unfinished, plain_type, tokens, undeclared};
use super::names::quoted;
use super::{Object, Part, error};
use crate::{Finding, Rule};
use std::ops::Range;

pub(super) static RULE: Rule = error("cel-expression");

const POLICY: [&str; 6] = [
    "object",
    "oldObject",
    "request",
    "namespaceObject",
    "authorizer",
    "variables",
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    if !object.is(
        "admissionregistration.k8s.io",
        &["ValidatingAdmissionPolicy"],
    ) {
        return;
    }
    let Some(spec) = object.part("spec") else {
        return;
    };
    let mut declared = POLICY.to_vec();
    if spec.has("paramKind") {
        declared.push("params");
    }
    for validation in spec.list("validations") {
        if let Some(part) = validation.field("expression")
            && let Some(text) = part.node.as_str()
        {
            let place = Expression {
                object,
                part,
                text,
                value: quoted(text),
            };
            findings.extend(place.fault(&declared).or_else(|| place.not_bool()));
        }
    }
}

/// The rules beside a part of the schema of a custom resource.
pub(super) fn rules(object: &Object<'_>, schema: &Part<'_>, findings: &mut Vec<Finding>) {
    for rule in schema.list("x-kubernetes-validations") {
        if let Some(part) = rule.field("rule")
            && let Some(text) = part.node.as_str()
        {
            let value = value(&rule, text);
            let place = Expression {
                object,
                part,
                text,
                value,
            };
            findings.extend(place.fault(&["self", "oldSelf"]));
        }
    }
}

/// A rule as the server prints it: in the names of its own type, with signs of HTML written out.
fn value(rule: &Part<'_>, text: &str) -> String {
    let plain = |text: &str| {
        let text = quoted(text).replace('<', "\\u003c");
        text.replace('>', "\\u003e").replace('&', "\\u0026")
    };
    let message = rule.text("message").unwrap_or_default();
    format!(
        "{{\"Rule\":{},\"Message\":{},\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}}",
        plain(text),
        plain(message)
    )
}

struct Expression<'e, 'o, 'p> {
    object: &'e Object<'o>,
    part: Part<'p>,
    text: &'e str,
    value: String,
}

impl Expression<'_, '_, '_> {
    fn fault(&self, declared: &[&str]) -> Option<Finding> {
        let tokens = tokens(self.text)?;
        if is_unfinished(&tokens) {
            let finding = self.finding("unfinished", tokens.last()?.span.clone());
            let finding = finding.with("place", self.place(self.text.len()));
            return Some(finding.advising("unfinished"));
        }
        let token = undeclared(&tokens, declared)?;
        let finding = self.finding("undeclared", token.span.clone());
        let finding = finding.with("place", self.place(token.span.start));
        let finding = finding
            .with("name", token.text)
            .with("known", declared.join("`, `"));
        Some(finding.advising("undeclared"))
    }

    fn not_bool(&self) -> Option<Finding> {
        let of = plain_type(&tokens(self.text)?)?;
        let finding = self.finding("not-bool", 0..self.text.len());
        Some(finding.with("type", of).advising("not-bool"))
    }

    /// At the very word, where the text stands as it is written.
    fn finding(&self, variant: &'static str, within: Range<usize>) -> Finding {
        let whole = self.part.node.span.clone();
        let written = self.part.node.written(self.object.source).find(self.text);
        let span = match written {
            Some(at) => whole.start + at + within.start..whole.start + at + within.end,
            None => whole,
        };
        let finding = self.object.finding_at(&RULE, span, &self.part.path);
        finding.saying(variant).with("value", &*self.value)
    }

    /// Line and column within the expression, as CEL counts them.
    fn place(&self, at: usize) -> String {
        let before = &self.text[..at];
        let line = before.rsplit('\n').next().unwrap_or_default();
        format!(
            "{}:{}",
            before.matches('\n').count() + 1,
            line.chars().count() + 1
        )
    }
}
