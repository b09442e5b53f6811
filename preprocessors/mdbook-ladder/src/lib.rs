//! The pages of a bilingual book: what stands in them, what is wrong with them, and what is made of them.
//!
//! The only crate that knows mdBook. Knows nothing of terminals, processes or the network; what is wrong with a manifest
//! is `ladder-manifest`'s to say.
//!
//! The way of a page: file → [`include`] (one text, each byte with its place on disk) → [`page`] (headings, fences,
//! links) → [`check`] (findings) | [`console`] (steps) | [`toc`] (lists) | [`html`] (what the reader sees).
//! Read next: [`page`], then [`check`].

pub mod book;
pub mod check;
pub mod console;
pub mod drawing;
pub mod fence;
pub mod html;
pub mod include;
pub mod links;
pub mod page;
pub mod pair;
pub mod places;
pub mod preprocessor;
pub mod rules;
pub mod toc;

pub use book::Book;
pub use check::{Checked, Options};
pub use page::Page;
pub use places::Located;
pub use preprocessor::Ladder;
pub use rules::{RULES, explain};
