//! The few words that the pages' blocks say themselves, in both languages.

use ladder_manifest::Language;

/// A text in both languages.
pub(super) struct Said {
    chinese: &'static str,
    english: &'static str,
}

impl Said {
    pub(super) const fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.chinese,
            Language::English => self.english,
        }
    }
}

const fn said(chinese: &'static str, english: &'static str) -> Said {
    Said { chinese, english }
}

/// Over a page that is shown in the other language.
pub(super) const MISSING_TRANSLATION: Said = said(
    "这一页还没有中文版，下面是英文版。",
    "This page has not been translated into English yet. Below is the Chinese page.",
);
/// On a manifest that is wrong on purpose.
pub(super) const WRONG_ON_PURPOSE: Said = said("故意写错", "wrong on purpose");
/// What a console block is, for who cannot see it.
pub(super) const COMMANDS_AND_OUTPUT: Said = said("命令与输出", "Commands and output");
/// Before an amount of time.
pub(super) const WAIT: Said = said("等待", "wait");
/// On a console block that a practice cluster cannot run.
pub(super) const NEEDS_CLUSTER: Said = said("需要真实集群", "Needs a real cluster");
/// On a console block that a real cluster cannot run.
pub(super) const PRACTICE_ONLY: Said = said("仅限练习集群", "Practice cluster only");
