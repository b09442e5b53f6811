//! The command as its users meet it: the real program, called in folders made for each test.
//!
//! One mistake per test. What each finding says is tested where its rule lives; here: where it is said to be, in which form,
//! and how the command ends.

mod bad_input;
mod check;
mod explain;
mod formats;
mod new;
mod report;
mod support;
mod toc;
