//! `ladder run` as its users meet it, on a cluster that a small program plays: `kubectl` beside this file answers from a script.
//!
//! Next: `comparing.rs` (what is said of outputs), `refusing.rs` (why a run ends before it begins, and what it leaves behind),
//! `cluster.rs` (a real cluster, where `LADDER_TEST_CONTEXT` names one).
#![cfg(unix)]

mod cluster;
mod comparing;
mod refusing;
mod stage;
