//! Where two lines of Chinese meet: HTML makes a line break a space, and Chinese has none between sentences.
//!
//! Pages are written one sentence per line, so that a change is seen as what it is. Knows characters only.

use std::ops::Range;

/// The bytes to leave out at a line break within a paragraph, or nothing where it stands for a space: the break, the blanks
/// around it, and the marks of a quotation before the next line.
pub(super) fn of(text: &str, line_break: &Range<usize>) -> Option<Range<usize>> {
    let before = text[..line_break.start].trim_end_matches([' ', '\t', '\r']);
    let after = text[line_break.start..].trim_start_matches(['\r', '\n', ' ', '\t', '>']);
    // What stands in bold or italics is seen without its marks.
    let last = before.trim_end_matches(['*', '_']).chars().next_back()?;
    let next = after.trim_start_matches(['*', '_']).chars().next()?;
    let joins = is_punctuation(last)
        || is_punctuation(next)
        || (is_chinese(last) && is_chinese_or_quote(next))
        || (is_chinese_or_quote(last) && is_chinese(next));
    joins.then_some(before.len()..text.len() - after.len())
}

/// Punctuation as wide as a character, which has its own space around it.
fn is_punctuation(character: char) -> bool {
    matches!(character, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301b}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

fn is_chinese(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Quotation marks, dashes and dots belong to whatever stands beside them.
fn is_chinese_or_quote(character: char) -> bool {
    is_chinese(character) || matches!(character, '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with its first line break joined, or as it is.
    fn joined(text: &str) -> String {
        let at = text.find('\n').expect("two lines");
        match of(text, &(at..at + 1)) {
            Some(joint) => text[..joint.start].to_owned() + &text[joint.end..],
            None => text.to_owned(),
        }
    }

    #[test]
    fn sentences_in_chinese_meet_without_a_space() {
        assert_eq!(joined("先看节点。\n再看 Pod。"), "先看节点。再看 Pod。");
        assert_eq!(joined("先看节点。\nPod 在后面。"), "先看节点。Pod 在后面。");
        assert_eq!(joined("一个\n**容器**"), "一个**容器**");
        assert_eq!(joined("他说“好”\n就走了"), "他说“好”就走了");
    }

    #[test]
    fn words_in_latin_letters_keep_theirs() {
        assert_eq!(joined("one\ntwo"), "one\ntwo");
        assert_eq!(joined("一个\nPod"), "一个\nPod");
    }

    #[test]
    fn the_marks_of_a_quotation_go_with_the_break() {
        assert_eq!(joined("> 第一句。\n> 第二句。"), "> 第一句。第二句。");
        assert_eq!(joined("第一句。\r\n  第二句。"), "第一句。第二句。");
    }
}
