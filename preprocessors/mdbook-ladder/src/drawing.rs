//! Puts drawings into pages: one SVG for both languages, its words from a table.
//!
//! `theme/drawings/NAME.svg` has `{{key}}` where words go, `theme/drawings/NAME.toml` has the words. Knows neither
//! markdown nor what a drawing shows.

use crate::book;
use crate::html::escaped;
use crate::page::Page;
use crate::places::Located;
use crate::rules::DRAWING;
use ladder_manifest::{Finding, Language};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The folder of the drawings, from the book's root.
const FOLDER: &str = "theme/drawings";

/// A text in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    zh: String,
    en: String,
}

impl Said {
    fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// The words of a drawing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    title: Said,
    description: Said,
    #[serde(default)]
    words: BTreeMap<String, Said>,
}

/// Why a drawing cannot be shown, as variants of its rule.
#[derive(Debug, PartialEq, Eq)]
enum Fault {
    /// One of its two files is not there or cannot be read.
    File(String),
    /// The table cannot be read.
    Table(String, String),
    /// The SVG asks for a word that the table does not have.
    Word(String),
    /// The table has a word that the SVG does not ask for.
    Surplus(String),
    /// The name is none.
    Name,
}

/// The figure of a drawing in a language, on one line, or nothing where it cannot be shown, which [`check`] explains.
pub fn figure(root: &Path, name: &str, language: Language) -> Option<String> {
    let (svg, words) = read(root, name).ok()?;
    let title = escaped(words.title.in_language(language));
    let description = escaped(words.description.in_language(language));
    let svg = filled(&svg, |key| {
        words
            .words
            .get(key)
            .map(|said| escaped(said.in_language(language)))
    })?;
    let svg = own_ids(svg.trim(), name);
    let (open, rest) = svg.split_once('>')?;
    let id = format!("drawing-{name}");
    let figure = format!(
        "<figure class=\"drawing\" id=\"{id}\">{open} role=\"img\" aria-labelledby=\"{id}-title {id}-description\">\
         <title id=\"{id}-title\">{title}</title><desc id=\"{id}-description\">{description}</desc>{rest}\
         <figcaption>{title}</figcaption></figure>"
    );
    Some(on_one_line(&figure))
}

/// Finds drawings of a page that cannot be shown.
pub(crate) fn check(root: &Path, page: &Page, findings: &mut Vec<Located>) {
    for place in &page.drawings {
        let Some(fault) = fault(root, &place.name) else {
            continue;
        };
        let (variant, argument, reason) = match fault {
            Fault::File(file) => ("general", file, String::new()),
            Fault::Table(file, reason) => ("table", file, reason),
            Fault::Word(key) => ("word", key, String::new()),
            Fault::Surplus(key) => ("surplus", key, String::new()),
            Fault::Name => ("name", String::new(), String::new()),
        };
        let finding = Finding::new(&DRAWING, place.span.clone())
            .saying(variant)
            .advising(variant);
        let finding = finding
            .with("name", &place.name)
            .with("what", argument)
            .with("reason", reason);
        findings.push(page.woven.found(finding));
    }
}

fn fault(root: &Path, name: &str) -> Option<Fault> {
    let (svg, words) = match read(root, name) {
        Ok(read) => read,
        Err(fault) => return Some(fault),
    };
    let asked: BTreeSet<&str> = keys(&svg).collect();
    let missing = asked
        .iter()
        .find(|key| !words.words.contains_key(**key))
        .map(|key| Fault::Word((*key).to_owned()));
    missing.or_else(|| {
        words
            .words
            .keys()
            .find(|key| !asked.contains(key.as_str()))
            .map(|key| Fault::Surplus(key.clone()))
    })
}

fn read(root: &Path, name: &str) -> Result<(String, Words), Fault> {
    if name.is_empty()
        || !name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    {
        return Err(Fault::Name);
    }
    let text = |extension: &str| {
        let file = format!("{FOLDER}/{name}.{extension}");
        let bytes = book::read(&root.join(&file)).map_err(|_| Fault::File(file.clone()))?;
        String::from_utf8(bytes).map_err(|_| Fault::File(file))
    };
    let svg = text("svg")?;
    let start = svg
        .find("<svg")
        .ok_or_else(|| Fault::File(format!("{FOLDER}/{name}.svg")))?;
    let words = toml::from_str(&text("toml")?).map_err(|error| {
        Fault::Table(format!("{FOLDER}/{name}.toml"), error.message().to_owned())
    })?;
    Ok((svg[start..].to_owned(), words))
}

/// The keys that a drawing asks for.
fn keys(svg: &str) -> impl Iterator<Item = &str> {
    svg.split("{{")
        .skip(1)
        .filter_map(|rest| rest.split_once("}}"))
        .map(|(key, _)| key.trim())
}

fn filled(svg: &str, word: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::with_capacity(svg.len());
    let mut parts = svg.split("{{");
    filled.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (key, rest) = part.split_once("}}")?;
        filled.push_str(&word(key.trim())?);
        filled.push_str(rest);
    }
    Some(filled)
}

/// Ids within an SVG are ids of the whole page: each gets the drawing's name before it, with all that refers to it.
fn own_ids(svg: &str, name: &str) -> String {
    let mut own = svg.to_owned();
    for (before, prefixed) in [
        ("\"url(#", "\"url(#"),
        (" id=\"", " id=\""),
        (" href=\"#", " href=\"#"),
    ] {
        own = own.replace(before, &format!("{prefixed}{name}-"));
    }
    own
}

/// Markdown ends a block of HTML at a blank line.
fn on_one_line(html: &str) -> String {
    let lines: Vec<&str> = html
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(" ")
}
