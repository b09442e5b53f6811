//! What a command says: results on standard output, all else on standard error.
//!
//! Whoever reads either may stop at any time (`ladder check | head`): then nothing is left to be told, and nothing is wrong.

use crate::words::{self, say};
use anyhow::Result;
use std::io::{self, BufWriter, ErrorKind, Write};

/// Writes a result to standard output.
pub(crate) fn print(text: &str) -> Result<()> {
    print_all([text])
}

/// Writes a result that is made piece by piece, no further than somebody reads it.
pub(crate) fn print_all(pieces: impl IntoIterator<Item = impl AsRef<str>>) -> Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    let written = pieces
        .into_iter()
        .try_for_each(|piece| output.write_all(piece.as_ref().as_bytes()))
        .and_then(|()| output.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(words::fault(
            words::language(),
            "fault.standard-output",
            &[("reason", error.to_string())],
        )),
        _ => Ok(()),
    }
}

/// Writes a line to standard error.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Why a command could not run: a line of what, with the machine's own reason, and a line of what to do.
pub(crate) fn said(error: &anyhow::Error) -> String {
    let text = error.to_string();
    let (what, to_do) = text.split_once('\n').unwrap_or((&text, ""));
    let reasons: String = error
        .chain()
        .skip(1)
        .map(|cause| format!(": {}", first_line(&cause.to_string())))
        .collect();
    let language = words::language();
    let mut said = format!("{}: {what}{reasons}", say(language, "report.error", &[]));
    if !to_do.is_empty() {
        said.push_str(&format!("\n{}: {to_do}", say(language, "report.help", &[])));
    }
    said
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
