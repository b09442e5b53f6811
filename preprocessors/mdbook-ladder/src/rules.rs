//! Every rule of this crate: its code, how bad it is, and where its words stand.
//!
//! The words are in `messages/{en,zh}.toml`, what a code means in `explain/CODE.{en,zh}.md`; a test keeps all in step.

use ladder_manifest::words::Words;
use ladder_manifest::{Language, Rule, Severity};

/// The words of this crate's findings.
pub static WORDS: Words = Words::new(
    include_str!("../messages/en.toml"),
    include_str!("../messages/zh.toml"),
);

/// Declares each rule with its explanation, so that none of the three can be forgotten.
macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident = $severity:ident $code:literal;)+) => {
        $($(#[doc = $doc])+ pub static $name: Rule = Rule { code: $code, severity: Severity::$severity, words: &WORDS };)+

        /// Every rule, in the order of the list above.
        pub static RULES: &[&Rule] = &[$(&$name),+];

        /// What a code of this crate means, with a wrong and a right example, as markdown.
        pub fn explain(code: &str, language: Language) -> Option<&'static str> {
            let (english, chinese) = match code {
                $($code => (
                    include_str!(concat!("../explain/", $code, ".en.md")),
                    include_str!(concat!("../explain/", $code, ".zh.md")),
                ),)+
                _ => return None,
            };
            Some(match language {
                Language::English => english,
                Language::Chinese => chinese,
            })
        }
    };
}

rules! {
    /// A file that an include names is not there, or cannot be read.
    INCLUDE_MISSING = Error "include-missing";
    /// An include names a file outside of the book.
    INCLUDE_OUTSIDE = Error "include-outside";
    /// The part of a file that an include names is not in it.
    INCLUDE_PART = Error "include-part";
    /// A file includes itself, directly or through others.
    INCLUDE_LOOP = Error "include-loop";
    /// An attribute in a fence's info string that means nothing.
    FENCE_ATTRIBUTE = Error "fence-attribute";
    /// A manifest is not checked, and nobody says why.
    IGNORE_WITHOUT_REASON = Error "ignore-without-reason";
    /// A manifest that is wrong on purpose is not wrong in the way that it says.
    EXPECT_UNMET = Error "expect-unmet";
    /// A console block that does not read as commands and their output.
    CONSOLE_FORMAT = Error "console-format";
    /// A command in a console block that uses more of the shell than every reader has.
    CONSOLE_SHELL = Error "console-shell";
    /// A command names a manifest that the book does not have.
    MANIFEST_NOT_FOUND = Error "manifest-not-found";
    /// A page does not begin with its title.
    PAGE_TITLE = Error "page-title";
    /// A heading without an id that both languages share.
    HEADING_ID = Error "heading-id";
    /// Two headings of a page with the same id.
    DUPLICATE_ID = Error "duplicate-id";
    /// The headings of a page differ between the languages.
    PAIR_HEADINGS = Error "pair-headings";
    /// The manifests of a page differ between the languages.
    PAIR_MANIFESTS = Error "pair-manifests";
    /// The commands of a page differ between the languages.
    PAIR_COMMANDS = Error "pair-commands";
    /// A page stands in one language only.
    PAGE_MISSING = Warning "page-missing";
    /// A page that no list leads to.
    PAGE_UNLISTED = Error "page-unlisted";
    /// The order of chapters cannot be read.
    TOC_FORMAT = Error "toc-format";
    /// The order of chapters names a page that is in no language.
    TOC_WITHOUT_PAGE = Error "toc-without-page";
    /// A list that is made of the headings no longer says what they say.
    TOC_STALE = Error "toc-stale";
    /// A link leads to nothing in the book.
    DEAD_LINK = Error "dead-link";
    /// A link leads to a heading that is not there.
    DEAD_ANCHOR = Error "dead-anchor";
    /// A drawing, or words of it, that the book does not have.
    DRAWING = Error "drawing";
}
