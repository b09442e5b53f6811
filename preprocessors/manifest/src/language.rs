//! The two languages of the book and of every finding.

/// A language in which pages stand and findings speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Simplified Chinese, `zh` in paths and on the command line, `zh-CN` in HTML.
    Chinese,
    /// English, `en` everywhere.
    English,
}

impl Language {
    /// Both, in the order in which the book lists them.
    pub const ALL: [Language; 2] = [Language::Chinese, Language::English];

    /// The code of folders, addresses and `--language`: `zh` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Chinese => "zh",
            Language::English => "en",
        }
    }

    /// The tag of `<html lang>` and `hreflang`: `zh-CN` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// The language of a code, or `None` for any other text.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// The other one of the two.
    pub const fn other(self) -> Language {
        match self {
            Language::Chinese => Language::English,
            Language::English => Language::Chinese,
        }
    }
}
