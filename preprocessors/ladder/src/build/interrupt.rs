//! Ctrl-C, and the signals by which other programs ask this one to stop.
//!
//! The first asks: a build stops at its next step, takes away what it has written aside, and leaves the last site as it was. A
//! second does not wait.

use crate::words;
use anyhow::{Context, Result};
use std::sync::atomic::{AtomicBool, Ordering};

/// What a shell reports of a program that Ctrl-C ended.
pub(crate) const STATUS: i32 = 130;

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on the first Ctrl-C asks, and calls `then`.
pub(crate) fn listen(then: impl Fn() + Send + 'static) -> Result<()> {
    let handler = move || {
        if ASKED.swap(true, Ordering::SeqCst) {
            std::process::exit(STATUS);
        }
        then();
    };
    ctrlc::set_handler(handler)
        .with_context(|| words::fault(words::language(), "fault.signals", &[]))
}

/// Whether the program was asked to stop.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
