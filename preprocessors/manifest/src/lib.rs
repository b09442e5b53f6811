//! Checks Kubernetes manifests, and says for every mistake where it stands, what is wrong, why, and what to do.
//!
//! Pure: text in, [`Finding`]s out. No files, clock, threads, environment, randomness or printing; builds for wasm32 as it is.
//! Knows YAML and Kubernetes; knows nothing of markdown, mdBook or terminals.
//!
//! The way of a manifest: bytes → [`yaml`] (documents, each value with its place) → `identity` (which kind it is) →
//! `walk` along the `schema` (what Kubernetes allows at that place) → `rules` (what it asks beyond) → findings.
//! Read next: [`finding`], then [`mod@check`].
//! A byte of a text becomes a line and a column in one place only: [`place::LineIndex`].

pub mod check;
mod explain;
pub mod finding;
mod identity;
pub mod language;
mod lifecycle;
pub mod place;
mod rules;
mod scalar;
mod schema;
pub mod version;
mod walk;
pub mod words;
pub mod yaml;

pub use check::{ObjectSummary, Options, Report, Subject, check};
pub use explain::explain;
pub use finding::{Finding, Rule, Severity};
pub use language::Language;
pub use rules::RULES;
pub use schema::{Field, fields};
pub use version::Version;
pub use yaml::text;
