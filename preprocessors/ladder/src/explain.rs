//! `ladder explain`: says what a finding means.
//!
//! The pages are those of the crates that own the rules; here one is chosen and printed.

use crate::Outcome;
use crate::cli::ExplainOptions;
use anyhow::{Result, bail};
use ladder_manifest::Language;
use std::io::Write;

/// Prints the page of a code, or the list of all codes.
pub(crate) fn run(options: &ExplainOptions) -> Result<Outcome> {
    let language = options.speech.language();
    let mut stdout = std::io::stdout().lock();
    match &options.code {
        Some(code) => writeln!(stdout, "{}", page(code, language)?.trim_end())?,
        None => write!(stdout, "{}", list(language))?,
    }
    Ok(Outcome::Clean)
}

fn page(code: &str, language: Language) -> Result<&'static str> {
    let page = ladder_manifest::explain(code, language).or_else(|| mdbook_ladder::explain(code, language));
    let Some(page) = page else {
        let meant = codes().min_by_key(|known| strsim::damerau_levenshtein(known, code)).unwrap_or_default();
        bail!("no finding has the code `{code}`\nDid you mean {meant}? All codes: ladder explain");
    };
    Ok(page)
}

/// Each code with the title of its page.
fn list(language: Language) -> String {
    let width = codes().map(str::len).max().unwrap_or_default();
    let mut list = String::new();
    for code in codes() {
        let title = page(code, language).ok().and_then(|page| page.lines().next()).unwrap_or_default();
        list.push_str(&format!("{code:width$}  {}\n", title.trim_start_matches(['#', ' '])));
    }
    list
}

fn codes() -> impl Iterator<Item = &'static str> {
    ladder_manifest::RULES.iter().chain(mdbook_ladder::RULES).map(|rule| rule.code)
}
