//! The lines around the place where the parser stopped.

use std::ops::Range;

/// Where the parser stopped.
pub(super) struct Scene<'s> {
    pub(super) source: &'s str,
    /// The document.
    pub(super) piece: Range<usize>,
    pub(super) at: usize,
    /// Where the innermost open bracket stands.
    pub(super) bracket: Option<usize>,
}

/// A line: from its first byte, its content without indentation and without what blanks follow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) content_start: usize,
    pub(super) end: usize,
}

impl<'s> Scene<'s> {
    /// The line at which the parser stopped: at the end of the text the last one that holds something.
    pub(super) fn line(&self) -> Line {
        let at = if self.source[self.at..self.piece.end].trim().is_empty() {
            self.piece.start + self.source[self.piece.start..self.at].trim_end().len()
        } else {
            self.at
        };
        self.line_at(at)
    }

    pub(super) fn first_line(&self) -> Line {
        self.line_at(self.piece.start)
    }

    /// The line above that holds something other than a remark.
    pub(super) fn before(&self, line: Line) -> Option<Line> {
        let mut start = line.start;
        while start > self.piece.start {
            let line = self.line_at(start - 1);
            let text = line.content(self.source);
            if !text.is_empty() && !text.starts_with('#') {
                return Some(line);
            }
            start = line.start;
        }
        None
    }

    /// The line below that holds something.
    pub(super) fn after(&self, line: Line) -> Option<Line> {
        let mut end = line.end;
        loop {
            end += self.source[end..self.piece.end].find('\n')? + 1;
            let line = self.line_at(end);
            if !line.content(self.source).is_empty() {
                return Some(line);
            }
            end = line.end.max(end);
        }
    }

    /// The character at a place; nothing at the end.
    pub(super) fn character(&self, at: usize) -> &'s str {
        let rest = &self.source[at..self.piece.end];
        &rest[..rest.chars().next().map_or(0, char::len_utf8)]
    }

    /// From a place to the end of its line, without blanks and remark.
    pub(super) fn rest(&self, at: usize) -> Range<usize> {
        let rest = &self.source[at..self.piece.end];
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        let text = line.split(" #").next().unwrap_or_default().trim_end();
        at..at
            + if text.is_empty() {
                line.trim_end().len()
            } else {
                text.len()
            }
    }

    /// The scalar that begins at a place, as it would end without what makes it wrong.
    pub(super) fn value(&self, at: usize) -> Range<usize> {
        let rest = self.rest(at);
        let text = &self.source[rest.clone()];
        let brackets: &[char] = if self.bracket.is_some() {
            &[',', ']', '}']
        } else {
            &[]
        };
        let skip = self.character(at).len();
        let end = text.get(skip..).and_then(|text| {
            let bracket = text.find(brackets);
            let colon = text
                .find(": ")
                .or_else(|| text.ends_with(':').then(|| text.len() - 1));
            bracket.into_iter().chain(colon).min()
        });
        let end = end.map_or(rest.end, |end| at + skip + end);
        at..at + self.source[at..end].trim_end().len()
    }

    /// Where a quote was opened above and not closed on its line.
    pub(super) fn opened_above(&self, line: Line, quote: char) -> Option<usize> {
        let mut line = line;
        loop {
            line = self.before(line)?;
            let text = line.content(self.source);
            if text.matches(quote).count() % 2 == 1 {
                return text.rfind(quote).map(|at| line.content_start + at);
            }
        }
    }

    /// The indentations of what is open above a line, outermost first: of its keys, and of the dashes before them.
    pub(super) fn levels(&self, line: Line) -> Vec<usize> {
        let mut levels = Vec::new();
        let mut smallest = usize::MAX;
        let mut line = line;
        while let Some(above) = self.before(line) {
            let text = above.content(self.source);
            for column in [above.key_column(self.source), above.indent(self.source)] {
                if column < smallest && (text.contains(':') || text.starts_with('-')) {
                    levels.push(column);
                    smallest = column;
                }
            }
            line = above;
        }
        levels.reverse();
        levels
    }

    fn line_at(&self, at: usize) -> Line {
        let start = self.source[self.piece.start..at]
            .rfind('\n')
            .map_or(self.piece.start, |found| self.piece.start + found + 1);
        let text = self.source[start..self.piece.end]
            .split('\n')
            .next()
            .unwrap_or_default();
        let content = text.trim_start_matches([' ', '\t', '\r']);
        let content_start = start + (text.len() - content.len());
        Line {
            start,
            content_start,
            end: content_start + content.trim_end().len(),
        }
    }
}

impl Line {
    pub(super) fn content<'s>(&self, source: &'s str) -> &'s str {
        &source[self.content_start..self.end]
    }

    /// How many characters it is indented by.
    pub(super) fn indent(&self, source: &str) -> usize {
        source[self.start..self.content_start].chars().count()
    }

    /// Where its key begins, behind any `- `.
    pub(super) fn key_start(&self, source: &str) -> usize {
        let mut at = self.content_start;
        while let Some(rest) = source[at..self.end].strip_prefix("- ") {
            at = self.end - rest.trim_start().len();
        }
        at
    }

    /// The column of that key, from 0.
    pub(super) fn key_column(&self, source: &str) -> usize {
        source[self.start..self.key_start(source)].chars().count()
    }

    /// Whether it ends in `|` or `>`, with or without their signs: a text of several lines follows.
    pub(super) fn opens_block_text(&self, source: &str) -> bool {
        let text = self.content(source).split(" #").next().unwrap_or_default();
        let text = text
            .trim_end()
            .trim_end_matches(|sign: char| matches!(sign, '-' | '+') || sign.is_ascii_digit());
        text.strip_suffix(['|', '>'])
            .is_some_and(|text| text.is_empty() || text.ends_with([' ', '-']))
    }
}
