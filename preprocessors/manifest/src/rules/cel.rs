//! Reads expressions in CEL far enough to see names that nobody declares and ends that are none.
//!
//! No parser: it knows words and signs, and is quiet of what it does not know. Knows no objects.

use std::ops::Range;

/// A word or sign of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'e> {
    pub(super) text: &'e str,
    pub(super) kind: TokenKind,
    /// Bytes of the expression.
    pub(super) span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Name,
    Integer,
    Float,
    Text,
    Sign,
}

/// Signs that need something behind them.
const OPEN_SIGNS: [&str; 13] = [
    "<", "<=", ">", ">=", "==", "!=", "&&", "||", "+", "-", "*", "/", "%",
];

/// Names that are types or words of the language.
const KNOWN: &[&str] = &[
    "true",
    "false",
    "null",
    "in",
    "int",
    "uint",
    "double",
    "bool",
    "string",
    "bytes",
    "list",
    "map",
    "null_type",
    "type",
    "dyn",
    "google",
    "Object",
    "optional_type",
];

/// The tokens of an expression; nothing where it has something that is not known here.
pub(super) fn tokens(expression: &str) -> Option<Vec<Token<'_>>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = expression[at..].chars().next() {
        let rest = &expression[at..];
        let (length, kind) = match first {
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            '/' if rest.starts_with("//") => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            '"' | '\'' => (text(rest)?, TokenKind::Text),
            _ if first.is_ascii_digit() => number(rest)?,
            _ if first.is_ascii_alphabetic() || first == '_' => name(rest)?,
            _ if first.is_ascii_punctuation() && !"`\\@#$~^&|=;".contains(first) => {
                (sign(rest), TokenKind::Sign)
            }
            '&' | '|' | '=' if sign(rest) == 2 => (2, TokenKind::Sign),
            _ => return None,
        };
        let span = at..at + length;
        let text = &expression[span.clone()];
        at = span.end;
        found.push(Token { text, kind, span });
    }
    Some(found)
}

fn sign(rest: &str) -> usize {
    let double = ["<=", ">=", "==", "!=", "&&", "||"];
    if double.iter().any(|sign| rest.starts_with(sign)) {
        2
    } else {
        1
    }
}

/// Quotes of one line, with backslashes; three quotes are left to others.
fn text(rest: &str) -> Option<usize> {
    let quote = rest.chars().next()?;
    if rest[1..].starts_with(quote) && rest[2..].starts_with(quote) {
        return None;
    }
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return None,
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn number(rest: &str) -> Option<(usize, TokenKind)> {
    let length = rest
        .find(|character: char| !character.is_ascii_alphanumeric() && character != '.')
        .unwrap_or(rest.len());
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match rest[..length].split_once('.') {
        None if digits(&rest[..length]) => Some((length, TokenKind::Integer)),
        Some((whole, part)) if digits(whole) && digits(part) => Some((length, TokenKind::Float)),
        _ => None,
    }
}

/// A name; of a text with letters before its quotes nothing is known.
fn name(rest: &str) -> Option<(usize, TokenKind)> {
    let length = rest
        .find(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .unwrap_or(rest.len());
    let prefix = rest[length..].starts_with(['"', '\'']) && length <= 2;
    (!prefix).then_some((length, TokenKind::Name))
}

/// Whether the expression ends where something must follow.
pub(super) fn is_unfinished(tokens: &[Token<'_>]) -> bool {
    tokens
        .last()
        .is_some_and(|last| last.kind == TokenKind::Sign && OPEN_SIGNS.contains(&last.text))
}

/// The first name that stands for a value and is neither among `declared` nor made by a macro such as `all(x, …)`.
pub(super) fn undeclared<'t, 'e>(
    tokens: &'t [Token<'e>],
    declared: &[&str],
) -> Option<&'t Token<'e>> {
    let text = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .map_or("", |token| token.text)
    };
    let is_root = |at: usize| {
        let before = text(at.checked_sub(1));
        let optional = before == "?" && text(at.checked_sub(2)) == ".";
        before != "." && !optional && !["(", ":", "{"].contains(&text(Some(at + 1)))
    };
    let bound = |name: &str| {
        let mut places = (0..tokens.len()).filter(|at| tokens[*at].text == name);
        places.any(|at| text(Some(at + 1)) == "," && ["(", ","].contains(&text(at.checked_sub(1))))
    };
    let mut names = (0..tokens.len()).filter(|at| tokens[*at].kind == TokenKind::Name);
    let found = names.find(|&at| {
        let name = tokens[at].text;
        is_root(at)
            && !KNOWN.contains(&name)
            && !declared.contains(&name)
            && !bound(name)
            && (name == "self" || !ends_in_call(tokens, at))
    })?;
    Some(&tokens[found])
}

/// Whether a chain of names (`math.greatest(`) ends as a function of a library does.
fn ends_in_call(tokens: &[Token<'_>], mut at: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    while text(at + 1) == "." {
        at += 2;
    }
    text(at + 1) == "("
}

/// The type of a calculation with plain numbers alone, or of a plain text.
pub(super) fn plain_type(tokens: &[Token<'_>]) -> Option<&'static str> {
    let signs = ["+", "-", "*", "/", "%", "(", ")"];
    let number = |kind| {
        let mut all = tokens.iter();
        all.all(|token| token.kind == kind || signs.contains(&token.text))
            && tokens.iter().any(|token| token.kind == kind)
    };
    match tokens {
        [only] if only.kind == TokenKind::Text => Some("string"),
        _ if number(TokenKind::Integer) => Some("int"),
        _ if number(TokenKind::Float) => Some("double"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn name_in(expression: &str, declared: &[&str]) -> Option<String> {
        let tokens = tokens(expression)?;
        undeclared(&tokens, declared).map(|token| token.text.to_owned())
    }

    #[test]
    fn names_of_macros_libraries_and_fields_are_declared() {
        for expression in [
            "object.spec.containers.all(c, c.image.startsWith('a'))",
            "object.?spec.?replicas.orValue(1) < 5",
            "math.greatest(1, 2) == 2 && type(object) == map",
            "size(object.spec.x) > 0 || 'a' in object.y",
            "{'a': 1, 'b': object}.all(k, v, k != 'c')",
            "cel.bind(x, object.a, x + 1 > 2)",
            "object.b ? true : false // remark",
        ] {
            assert_eq!(name_in(expression, &["object"]), None, "{expression}");
        }
    }

    #[test]
    fn a_name_that_nobody_declares_is_found() {
        assert_eq!(name_in("self.a <= 5", &["object"]).as_deref(), Some("self"));
        assert_eq!(name_in("size > 0", &["self"]).as_deref(), Some("size"));
        assert_eq!(
            name_in("self.items.all(x, x > 0)", &["object"]).as_deref(),
            Some("self")
        );
    }

    #[test]
    fn an_expression_ends_with_a_value() {
        let unfinished = |text| tokens(text).is_some_and(|tokens| is_unfinished(&tokens));
        assert!(unfinished("object.a <="));
        assert!(!unfinished("object.a <= 5"));
        assert!(!unfinished("object.a == '<='"));
    }

    #[test]
    fn plain_numbers_have_a_type() {
        let type_of = |text| tokens(text).and_then(|tokens| plain_type(&tokens));
        assert_eq!(type_of("1 + 1"), Some("int"));
        assert_eq!(type_of("1 + 1 == 2"), None);
        assert_eq!(type_of("'a'"), Some("string"));
        assert_eq!(type_of("object"), None);
    }
}
