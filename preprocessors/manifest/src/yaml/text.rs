//! Bytes → text: YAML is UTF-8, and holds no NUL.

use super::error;
use crate::{Finding, Rule};

pub(crate) static NOT_UTF8: Rule = error("not-utf8");

/// The text of a file, with its byte order mark if it has one, or the finding that says why it is none.
/// The span of that finding counts bytes of the file, which is no text: it may end within a character.
pub fn text(bytes: &[u8]) -> Result<&str, Box<Finding>> {
    let finding = |at: usize, variant| {
        let finding = Finding::new(&NOT_UTF8, at..at + 1)
            .saying(variant)
            .advising(variant);
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        Err(Box::new(
            finding
                .with("line", line.to_string())
                .with("byte", format!("0x{:02X}", bytes[at])),
        ))
    };
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return finding(0, "utf16");
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        // UTF-16 without its mark: every other byte of plain letters is zero.
        let half = bytes.len() > 3 && bytes[..4].iter().filter(|byte| **byte == 0).count() == 2;
        return finding(at, if half { "utf16" } else { "nul" });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => finding(error.valid_up_to(), "bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(bytes: &[u8], at: usize, variant: &str) {
        let finding = text(bytes).expect_err("is no text");
        assert_eq!((finding.span.start, finding.variant), (at, variant));
    }

    #[test]
    fn a_file_of_windows_is_told_as_such() {
        refused(b"\xff\xfek\0i\0", 0, "utf16");
        refused(b"k\0i\0n\0d\0", 1, "utf16");
    }

    #[test]
    fn gbk_is_pointed_at_where_it_begins() {
        refused(b"a: \xb6\xcb", 3, "bytes");
    }

    #[test]
    fn a_nul_is_no_text() {
        refused(b"kind: \0", 6, "nul");
    }

    #[test]
    fn a_byte_order_mark_is_kept() {
        assert_eq!(text(b"\xef\xbb\xbfa").ok(), Some("\u{feff}a"));
    }
}
