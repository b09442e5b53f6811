//! `ladder explain`: says what a finding means.
//!
//! The pages are those of the crates that own the rules; here one is chosen and printed.

use crate::cli::ExplainOptions;
use crate::words::{fault, say};
use crate::{Outcome, terminal};
use anyhow::Result;
use ladder_manifest::{Language, Rule};

/// Prints the page of a code, or the list of all codes.
pub(crate) fn run(options: &ExplainOptions) -> Result<Outcome> {
    let language = options.speech.language();
    match &options.code {
        Some(code) => {
            let page = page(code, language).ok_or_else(|| unknown(code, language))?;
            terminal::print(&format!("{}\n", page.trim_end()))?;
        }
        None => {
            terminal::print(&list(language))?;
            terminal::tell(&say(language, "explain.all", &[]));
        }
    }
    Ok(Outcome::Clean)
}

/// A line per code, errors first: how bad, and what.
fn list(language: Language) -> String {
    let mut rules: Vec<&Rule> = rules().collect();
    rules.sort_by_key(|rule| (rule.severity, rule.code));
    let width = rules
        .iter()
        .map(|rule| rule.code.len())
        .max()
        .unwrap_or_default();
    let line = |rule: &&Rule| {
        let severity = say(language, &format!("report.{}", rule.severity.word()), &[]);
        let title = page(rule.code, language)
            .and_then(title)
            .unwrap_or_default();
        format!("{:width$}  {severity:7}  {title}\n", rule.code)
    };
    rules.iter().map(line).collect()
}

/// The page of a code, in markdown.
pub(crate) fn page(code: &str, language: Language) -> Option<&'static str> {
    ladder_manifest::explain(code, language).or_else(|| mdbook_ladder::explain(code, language))
}

/// What stands behind the code in the first heading of its page.
pub(crate) fn title(page: &'static str) -> Option<&'static str> {
    let heading = page.lines().find(|line| line.starts_with("# "))?;
    heading.split_once(':').map(|(_, title)| title.trim())
}

fn unknown(code: &str, language: Language) -> anyhow::Error {
    let near = rules()
        .map(|rule| (strsim::jaro_winkler(code, rule.code), rule.code))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    let code = ("code", code.to_owned());
    match near {
        Some((_, near)) => fault(
            language,
            "fault.code-near",
            &[code, ("near", near.to_owned())],
        ),
        None => fault(language, "fault.code", &[code]),
    }
}

fn rules() -> impl Iterator<Item = &'static Rule> {
    ladder_manifest::RULES
        .iter()
        .chain(mdbook_ladder::RULES)
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_page_with_a_title_in_both_languages() {
        for rule in rules() {
            for language in Language::ALL {
                let title = page(rule.code, language)
                    .and_then(title)
                    .unwrap_or_default();
                assert!(!title.is_empty(), "{} in {}", rule.code, language.code());
            }
        }
    }
}
