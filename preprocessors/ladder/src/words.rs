//! What the command says by itself, in both languages: `messages/{en,zh}.toml`.
//!
//! Knows no command. Findings bring their own words; what the site says is in `theme/`.

use ladder_manifest::Language;
use ladder_manifest::words::Words;
use std::sync::OnceLock;

/// What `--language` said.
static ASKED: OnceLock<Language> = OnceLock::new();

static WORDS: Words = Words::new(
    include_str!("../messages/en.toml"),
    include_str!("../messages/zh.toml"),
);

/// The text at `key` with the arguments filled in; the key itself where there is none, which a test rules out.
pub(crate) fn say(language: Language, key: &str, arguments: &[(&'static str, String)]) -> String {
    WORDS
        .text(language, key, arguments)
        .unwrap_or_else(|| key.to_owned())
}

/// Lets everything from here on speak this language. The first call counts: `cli.rs` makes it when it has read `--language`.
pub(crate) fn speak(language: Language) {
    let _ = ASKED.set(language); // that it is set already is no fault
}

/// The language of whoever called: what `--language` said, else Chinese where the environment asks for it (`LC_ALL`,
/// `LC_MESSAGES`, `LANG`), else English.
pub(crate) fn language() -> Language {
    *ASKED.get().unwrap_or(&of_environment())
}

fn of_environment() -> Language {
    let asked = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty());
    match asked {
        Some(value) if value.to_string_lossy().starts_with("zh") => Language::Chinese,
        _ => Language::English,
    }
}

/// Why the command could not run: a line of what, a line of what to do.
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
