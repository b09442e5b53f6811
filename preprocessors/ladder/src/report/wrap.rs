//! Makes texts fit the screen: breaks them into lines, English between words, Chinese between characters, or clips them.
//!
//! Knows columns only.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text with line breaks so that no line is wider than `columns`, except one that is a single long word.
pub(super) fn wrapped(text: &str, columns: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() + 8);
    let mut column = 0;
    for piece in pieces(text) {
        let width = piece.trim_end().width();
        if column > 0 && column + width > columns {
            wrapped.truncate(wrapped.trim_end().len());
            wrapped.push('\n');
            column = 0;
        }
        wrapped.push_str(piece);
        column = if piece.ends_with('\n') {
            0
        } else {
            column + piece.width()
        };
    }
    wrapped
}

/// The text if it is no longer than `most` characters, else its beginning: a key of megabytes need not be said whole.
pub(super) fn clipped(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The text cut wherever a line may end: behind blanks, and beside a wide character unless it is punctuation.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut characters = rest.char_indices().skip(1).peekable();
        let mut before = rest.chars().next()?;
        let end = characters.find(|&(_, next)| {
            let is_end = (before.is_whitespace() && !next.is_whitespace())
                || (is_wide(before) || is_wide(next)) && !clings(before, next);
            before = next;
            is_end
        });
        let (piece, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = after;
        Some(piece)
    })
}

fn is_wide(character: char) -> bool {
    character.width() == Some(2)
}

/// No line begins with a closing mark or a blank, and none ends with an opening one.
fn clings(before: char, next: char) -> bool {
    next.is_whitespace()
        || "，。、；：？！）》”’」】`)".contains(next)
        || "（《“‘「【`(".contains(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_breaks_between_words() {
        assert_eq!(
            wrapped("write it as text, in quotes", 12),
            "write it as\ntext, in\nquotes"
        );
    }

    #[test]
    fn chinese_breaks_between_characters_and_not_before_a_comma() {
        assert_eq!(
            wrapped("请加上引号，再试一次", 10),
            "请加上引\n号，再试一\n次"
        );
    }

    #[test]
    fn a_long_word_stays_whole() {
        assert_eq!(
            wrapped("a networking.k8s.io/v1 b", 5),
            "a\nnetworking.k8s.io/v1\nb"
        );
    }

    #[test]
    fn breaks_that_are_there_stay() {
        assert_eq!(wrapped("a b\nc d", 3), "a b\nc d");
    }
}
