//! The words of findings in both languages: `messages/{en,zh}.toml`, read once.
//!
//! A table per code: `message` and `help`, each a text or a table of variants. `{name}` stands for an argument of the finding.
//! Knows no rule. Every crate that has findings of its own brings its own pair of files through [`Words::new`].

use crate::Language;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The words of one crate's findings.
#[derive(Debug)]
pub struct Words {
    english: &'static str,
    chinese: &'static str,
    read: OnceLock<[Texts; 2]>,
}

/// `code.part` or `code.part.variant` → text.
type Texts = BTreeMap<String, String>;

impl Words {
    /// From the two files' texts, which are read when the first finding speaks.
    pub const fn new(english: &'static str, chinese: &'static str) -> Words {
        Words {
            english,
            chinese,
            read: OnceLock::new(),
        }
    }

    /// The text at `key` (`unknown-field.message`, `unknown-field.help.nearby`) with the arguments filled in,
    /// or `None` where no such text stands.
    pub fn text(
        &self,
        language: Language,
        key: &str,
        arguments: &[(&'static str, String)],
    ) -> Option<String> {
        self.texts(language)
            .get(key)
            .map(|text| filled(text, arguments))
    }

    /// All keys of one language, sorted: what tests compare between languages and with the rules.
    pub fn keys(&self, language: Language) -> impl Iterator<Item = &str> {
        self.texts(language).keys().map(String::as_str)
    }

    fn texts(&self, language: Language) -> &Texts {
        let read = self
            .read
            .get_or_init(|| [texts_of(self.english), texts_of(self.chinese)]);
        match language {
            Language::English => &read[0],
            Language::Chinese => &read[1],
        }
    }
}

/// Panics where a message file is no TOML: the files are part of the program, and a test reads both.
fn texts_of(file: &str) -> Texts {
    let table: toml::Table = file.parse().expect("a message file is TOML");
    let mut texts = Texts::new();
    flatten(String::new(), &table, &mut texts);
    texts
}

fn flatten(prefix: String, table: &toml::Table, texts: &mut Texts) {
    for (key, value) in table {
        let key = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        match value {
            toml::Value::String(text) => drop(texts.insert(key, text.trim_end().to_owned())),
            toml::Value::Table(table) => flatten(key, table, texts),
            _ => panic!("`{key}` in a message file is neither a text nor a table"),
        }
    }
}

/// Puts each argument in the place of its `{name}`; what an argument brings along is not looked at again.
fn filled(text: &str, arguments: &[(&'static str, String)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open..];
        let argument = rest.find('}').and_then(|close| {
            let (_, value) = arguments
                .iter()
                .find(|(name, _)| *name == &rest[1..close])?;
            Some((value, close + 1))
        });
        match argument {
            Some((value, length)) => {
                filled.push_str(value);
                rest = &rest[length..];
            }
            None => {
                filled.push('{');
                rest = &rest[1..];
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_that_looks_like_a_place_stays_as_it_is() {
        let arguments = [("field", "{value}".to_owned()), ("value", "x".to_owned())];
        assert_eq!(
            filled("{field} is {value}, {neither}", &arguments),
            "{value} is x, {neither}"
        );
    }
}
