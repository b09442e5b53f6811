//! The headings of a page, and the ids that links reach them by: mdBook's, and GitHub's.
//!
//! mdBook keeps its rule to itself, so it stands here again; a test renders pages with mdBook and compares.

use std::collections::HashSet;
use std::fmt::Write;
use std::ops::Range;

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The text without markup.
    pub text: String,
    /// The text as markdown that is safe within a link: code stays code, all else is plain.
    pub markdown: String,
    /// The id on the built page.
    pub id: String,
    /// Whether the page gives the id itself: `## Text {#id}`.
    pub explicit: bool,
    /// The whole heading, with its marks.
    pub span: Range<usize>,
}

/// Gives ids in the order of a page.
#[derive(Debug, Default)]
pub(super) struct Ids {
    used: HashSet<String>,
}

impl Ids {
    /// The id that mdBook makes of a heading's text. An id that the page gives is not counted, as in mdBook.
    pub(super) fn of(&mut self, text: &str) -> String {
        unique(
            &mut self.used,
            kept(text, |character| character.is_whitespace()),
        )
    }
}

/// The ids that GitHub makes of the same headings. It knows no `{#id}` and takes it for text.
pub(crate) fn github_ids(headings: &[Heading]) -> Vec<String> {
    let mut used = HashSet::new();
    let id = |heading: &Heading| {
        let mut text = heading.text.clone();
        if heading.explicit {
            let _ = write!(text, " {{#{}}}", heading.id);
        }
        // GitHub drops numbers in circles and above the line, which Unicode counts among the numbers.
        text.retain(|character| !matches!(character, '²' | '³' | '¹' | '\u{2070}'..='\u{209f}' | '\u{2460}'..='\u{24ff}'));
        unique(&mut used, kept(&text, |character| character == ' '))
    };
    headings.iter().map(id).collect()
}

/// Lower-case letters and digits; blanks become `-`; the rest goes.
fn kept(text: &str, is_blank: impl Fn(char) -> bool) -> String {
    text.trim()
        .to_lowercase()
        .chars()
        .filter_map(|character| match character {
            character if character.is_alphanumeric() || matches!(character, '_' | '-') => {
                Some(character)
            }
            character if is_blank(character) => Some('-'),
            _ => None,
        })
        .collect()
}

fn unique(used: &mut HashSet<String>, id: String) -> String {
    if used.insert(id.clone()) {
        return id;
    }
    let free = (1u32..)
        .map(|number| format!("{id}-{number}"))
        .find(|candidate| used.insert(candidate.clone()));
    free.unwrap_or(id)
}

/// Plain text as markdown that says just that.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '`'
                | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '<'
                | '>'
                | '#'
                | '|'
                | '~'
                | '&'
                | '!'
        ) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_mdbook() {
        let mut ids = Ids::default();
        assert_eq!(ids.of("Pod 是什么？"), "pod-是什么");
        assert_eq!(ids.of("kubectl --help flag"), "kubectl---help-flag");
        assert_eq!(ids.of("R&D"), "rd");
        assert_eq!(ids.of("👍"), "");
        assert_eq!(ids.of("🎉"), "-1");
        assert_eq!(ids.of("R&D"), "rd-1");
    }
}
