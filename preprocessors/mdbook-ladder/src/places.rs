//! Keeps, for each byte of a text that was woven of several files, its place on disk.
//!
//! Knows bytes only. Next: [`crate::include`] weaves, [`crate::fence`] goes from a fence's code back to the page.

use ladder_manifest::Finding;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// As it was asked for: relative to the book, or as given on the command line.
    pub file: PathBuf,
    /// Its text as it lies on disk.
    pub text: Arc<str>,
}

/// A finding, and the file whose bytes its span counts.
#[derive(Clone, Debug)]
pub struct Located {
    /// Relative to the book's root, or as given for a file outside of a book.
    pub file: PathBuf,
    /// What was found; `finding.span` is bytes of that file.
    pub finding: Finding,
}

/// Where the bytes of one text stand in other texts: pieces in the order of the text, each copied byte by byte.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where the piece begins in this text.
    at: usize,
    /// Which source it comes from.
    source: usize,
    /// Where it begins there.
    start: usize,
    /// How many bytes it has there.
    length: usize,
}

impl Places {
    /// Notes that from `at` on, `length` bytes are those of `source` from `start` on. Pieces come in the order of the text.
    pub fn push(&mut self, at: usize, source: usize, start: usize, length: usize) {
        if let Some(last) = self.pieces.last_mut()
            && last.source == source
            && last.at + last.length == at
            && last.start + last.length == start
        {
            last.length += length;
            return;
        }
        self.pieces.push(Piece {
            at,
            source,
            start,
            length,
        });
    }

    /// The source and the bytes in it that `range` of this text stands for. A range over several sources ends with the
    /// piece that it begins in.
    pub fn locate(&self, range: Range<usize>) -> (usize, Range<usize>) {
        let Some(first) = self.piece(range.start) else {
            return (0, 0..0);
        };
        let start = first.start + (range.start - first.at).min(first.length);
        if range.end <= range.start {
            return (first.source, start..start);
        }
        let last = self.piece(range.end - 1).unwrap_or(first);
        let last = if last.source == first.source {
            last
        } else {
            first
        };
        let end = last.start + (range.end - last.at).min(last.length);
        (first.source, start..end.max(start))
    }

    /// The piece of a byte; for the byte behind the last piece of a text, that piece.
    fn piece(&self, byte: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= byte);
        self.pieces.get(after.saturating_sub(1))
    }
}

/// A text, the files that it was woven of, and the place of each of its bytes in them.
#[derive(Clone, Debug, Default)]
pub struct Woven {
    /// The text with every include resolved.
    pub text: String,
    /// Where its bytes stand in `sources`.
    pub places: Places,
    /// The page itself first, then each included file, once.
    pub sources: Vec<Source>,
}

impl Woven {
    /// The text of one file, as it is.
    pub fn plain(file: &Path, text: &str) -> Woven {
        let mut places = Places::default();
        places.push(0, 0, 0, text.len());
        let source = Source {
            file: file.to_owned(),
            text: text.into(),
        };
        Woven {
            text: text.to_owned(),
            places,
            sources: vec![source],
        }
    }

    /// The file and its bytes that a range of the text stands for: whole characters, whatever the range.
    pub fn locate(&self, range: Range<usize>) -> (&Path, Range<usize>) {
        let (source, range) = self.places.locate(range);
        match self.sources.get(source) {
            Some(source) => (&source.file, whole_characters(&source.text, range)),
            None => (Path::new(""), range),
        }
    }

    /// Moves a finding in this text, its related places with it, to the file on disk.
    pub fn found(&self, mut finding: Finding) -> Located {
        let (file, span) = self.locate(finding.span.clone());
        finding.span = span;
        finding.related.retain_mut(|related| {
            let (other, span) = self.locate(related.span.clone());
            related.span = span;
            other == file
        });
        Located {
            file: file.to_owned(),
            finding,
        }
    }
}

fn whole_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.min(text.len()));
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_keeps_to_the_source_in_which_it_begins() {
        let mut places = Places::default();
        places.push(0, 0, 10, 4);
        places.push(4, 1, 0, 6);
        places.push(10, 0, 20, 2);
        assert_eq!(places.locate(1..3), (0, 11..13));
        assert_eq!(places.locate(5..10), (1, 1..6));
        assert_eq!(places.locate(2..7), (0, 12..14));
        assert_eq!(places.locate(12..12), (0, 22..22));
    }

    #[test]
    fn pieces_of_one_source_with_a_gap_between_make_one_range() {
        let mut places = Places::default();
        places.push(0, 0, 2, 3);
        places.push(3, 0, 7, 3);
        assert_eq!(places.locate(1..5), (0, 3..9));
    }
}
