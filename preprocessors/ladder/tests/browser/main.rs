//! The built book in a real Chromium: what a reader sees and does, over http and from the unpacked zip.
//!
//! Needs Chromium; `chromium.rs` says how it is found. Read next: `site.rs` (what is opened), then the tests: `reading.rs`,
//! `search.rs`.

mod chromium;
mod reading;
mod search;
mod server;
mod site;
mod truth;
