//! What `ladder run` says, in both languages: `messages/run.{en,zh}.toml`.

use ladder_manifest::Language;
use ladder_manifest::words::Words;

static WORDS: Words = Words::new(
    include_str!("../../messages/run.en.toml"),
    include_str!("../../messages/run.zh.toml"),
);

/// The text at `key` with the arguments filled in; the key itself where there is none, which a test rules out.
pub(crate) fn say(language: Language, key: &str, arguments: &[(&'static str, String)]) -> String {
    WORDS
        .text(language, key, arguments)
        .unwrap_or_else(|| key.to_owned())
}

/// Why a page could not be run: a line of what, a line of what to do.
pub(crate) fn fault(
    language: Language,
    key: &str,
    arguments: &[(&'static str, String)],
) -> anyhow::Error {
    let what = say(language, &format!("{key}.what"), arguments);
    let to_do = say(language, &format!("{key}.do"), arguments);
    anyhow::anyhow!("{what}\n{to_do}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_texts() {
        let keys = |language| WORDS.keys(language).collect::<Vec<_>>();
        assert_eq!(keys(Language::English), keys(Language::Chinese));
    }
}
