//! Tabs at the start of lines: Kubernetes takes them within brackets, as in indented JSON, and nowhere else.

use granit_parser::Event;
use std::borrow::Cow;

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
                (Some(open), character) if character == open && !(open == '"' && before == '\\') => quote = None,
                (Some(_), _) => {}
                (None, '#') if before.is_whitespace() => break,
                (None, '"' | '\'') if before.is_whitespace() || matches!(before, ':' | ',' | '[' | '{') => quote = Some(character),
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
        Event::Scalar(scalar, style, anchor, of) => Event::Scalar(text(scalar), style, anchor, tag(of)),
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
