//! Turns a byte of a text into the line and column that people count.
//!
//! Knows text only. Every report goes through [`LineIndex`], so that all of them count alike: from 1, in characters.

/// The line starts of one text.
#[derive(Clone, Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

/// Where a byte stands, counted from 1; columns count characters, so `前` is one as `a` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The character within the line, from 1.
    pub column: usize,
}

impl<'t> LineIndex<'t> {
    /// Reads the text once for its line breaks: `\n`, with or without `\r` before it.
    pub fn new(text: &'t str) -> LineIndex<'t> {
        let breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at + 1);
        LineIndex {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The place of a byte. Beyond the end it is the end; within a character it is that character.
    pub fn place(&self, byte: usize) -> Place {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= byte);
        let before = &self.text[self.starts[line - 1]..byte];
        Place {
            line,
            column: before
                .chars()
                .filter(|character| *character != '\u{feff}')
                .count()
                + 1,
        }
    }

    /// The text of a line (from 1) without its break; empty for a line that is not there.
    pub fn line(&self, line: usize) -> &'t str {
        let Some(&start) = line.checked_sub(1).and_then(|index| self.starts.get(index)) else {
            return "";
        };
        let end = self
            .starts
            .get(line)
            .map_or(self.text.len(), |next| next - 1);
        self.text[start..end].trim_end_matches('\r')
    }

    /// How many lines there are; a text that ends with a break counts the empty line after it.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn at(text: &str, byte: usize, line: usize, column: usize) {
        assert_eq!(LineIndex::new(text).place(byte), Place { line, column });
    }

    #[test]
    fn columns_count_characters() {
        at("名: 🚀!", "名: 🚀".len(), 1, 5);
    }

    #[test]
    fn a_break_belongs_to_the_line_that_it_ends() {
        at("a\r\nb\n", 2, 1, 3);
        at("a\r\nb\n", 3, 2, 1);
    }

    #[test]
    fn the_end_of_the_text_and_all_beyond_it_have_a_place() {
        at("", 0, 1, 1);
        at("a\n", 2, 2, 1);
        at("a\n", 99, 2, 1);
    }

    #[test]
    fn the_middle_of_a_character_is_the_character() {
        at("a前b", 2, 1, 2);
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        at("\u{feff}kind: Pod", 3, 1, 1);
    }

    #[test]
    fn a_line_comes_without_its_break() {
        let index = LineIndex::new("a\r\nb");
        assert_eq!(
            (index.line(1), index.line(2), index.line(3), index.line(0)),
            ("a", "b", "", "")
        );
        assert_eq!(index.count(), 2);
    }
}
