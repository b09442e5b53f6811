//! Checks Kubernetes manifests, and says for every mistake where it stands, what is wrong, why, and what to do.
//!
//! Pure: text in, [`Finding`]s out. No files, clock, threads, environment, randomness or printing; builds for wasm32 as it is.
//! Knows YAML and Kubernetes; knows nothing of markdown, mdBook or terminals.
//!
//! The way of a manifest: bytes → `yaml` (documents, each value with its place) → `schema` (what Kubernetes
//! allows at that place) → findings. Read next: [`finding`], then `yaml`.

pub mod finding;
pub mod language;
pub mod version;
pub mod words;

pub use finding::{Finding, Rule, Severity};
pub use language::Language;
pub use version::Version;
