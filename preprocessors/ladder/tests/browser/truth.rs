//! What a search must find, worked out from the pages themselves, letter by letter and without any cleverness.
//!
//! `theme/search.js` scans one long text; this looks at one section after another. Where both agree, both are right.

use crate::site;
use ladder_manifest::Language;
use mdbook_ladder::Book;
use std::fs;
use std::sync::LazyLock;

/// A section as a reader sees it: blanks are one space, case is of no account.
pub(crate) struct Section {
    /// `pods.html#why`.
    pub(crate) place: String,
    /// Heading and text, as they stand.
    pub(crate) parts: [String; 2],
}

/// Every section of a language, in the order of the book.
pub(crate) fn sections(language: Language) -> Vec<Section> {
    static BOOK: LazyLock<Book> =
        LazyLock::new(|| Book::open(&site::book()).expect("the book can be read"));
    let mut sections = Vec::new();
    for entry in BOOK.pages(language) {
        for section in entry.page.sections() {
            let place = format!("{}.html#{}", entry.slug, section.id);
            let parts = [
                section.title.clone(),
                with_captions(&section.text, language),
            ];
            let parts = parts.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
            sections.push(Section { place, parts });
        }
    }
    sections
}

/// A drawing is seen, and found, by its caption: the title in its table of words.
fn with_captions(text: &str, language: Language) -> String {
    let lines = text.lines().map(|line| {
        let Some(name) = line
            .strip_prefix("{{#drawing ")
            .and_then(|rest| rest.strip_suffix("}}"))
        else {
            return line.to_owned();
        };
        let file = site::book().join(format!("theme/drawings/{name}.toml"));
        let words: toml::Table = fs::read_to_string(&file)
            .expect("the drawing has words")
            .parse()
            .expect("the words are TOML");
        words["title"][language.code()]
            .as_str()
            .expect("the title is a text")
            .to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The places of the sections that hold every term of a query.
pub(crate) fn found(sections: &[Section], query: &str) -> Vec<String> {
    let terms = terms(query);
    let holds = |section: &&Section| {
        !terms.is_empty()
            && terms
                .iter()
                .all(|term| section.parts.iter().any(|text| holds(text, term)))
    };
    sections
        .iter()
        .filter(holds)
        .map(|section| section.place.clone())
        .collect()
}

/// The places of the sections in whose heading or text the string stands as it is.
pub(crate) fn containing(sections: &[Section], string: &str) -> Vec<String> {
    let contains = |section: &&Section| {
        section
            .parts
            .iter()
            .any(|text| lower(text).contains(&lower(string)))
    };
    sections
        .iter()
        .filter(contains)
        .map(|section| section.place.clone())
        .collect()
}

/// Whether a character is written without blanks around it.
pub(crate) fn is_chinese(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{2fdf}' | '々' | '〇' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

struct Term {
    text: Vec<char>,
    quoted: bool,
}

/// Words between blanks; what stands in quotation marks is one.
fn terms(query: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut rest = query.trim_start();
    while let Some(first) = rest.chars().next() {
        let closing = [('"', '"'), ('“', '”'), ('「', '」')]
            .into_iter()
            .find(|(open, _)| *open == first)
            .map(|(_, close)| close);
        let (text, after) = match closing {
            Some(close) => rest[first.len_utf8()..]
                .split_once(close)
                .unwrap_or((&rest[first.len_utf8()..], "")),
            None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        let text: Vec<char> = lower(&text.split_whitespace().collect::<Vec<_>>().join(" "))
            .chars()
            .collect();
        if !text.is_empty() {
            terms.push(Term {
                text,
                quoted: closing.is_some(),
            });
        }
        rest = after.trim_start();
    }
    terms
}

fn holds(text: &str, term: &Term) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let must_start = !term.quoted && is_latin(term.text[0]);
    (0..letters.len()).any(|start| {
        (!must_start || starts_word(&letters, start)) && stands_at(&letters[start..], &term.text)
    })
}

/// Whether the letters begin with the term, where the text may have a space between Chinese and Latin that the term lacks.
fn stands_at(letters: &[char], term: &[char]) -> bool {
    let mut at = 0;
    for (number, &wanted) in term.iter().enumerate() {
        let border = number > 0 && borders(term[number - 1], wanted);
        if border && letters.get(at) == Some(&' ') {
            at += 1;
        }
        if letters.get(at).map(|&letter| lower_letter(letter)) != Some(wanted) {
            return false;
        }
        at += 1;
    }
    true
}

fn borders(one: char, other: char) -> bool {
    (is_chinese(one) && is_latin(other)) || (is_latin(one) && is_chinese(other))
}

/// After anything but a Latin letter or digit, or at a hump of camelCase.
fn starts_word(letters: &[char], start: usize) -> bool {
    let Some(&before) = start.checked_sub(1).and_then(|before| letters.get(before)) else {
        return true;
    };
    let hump = letters[start].is_ascii_uppercase();
    let next_is_lower = letters.get(start + 1).is_some_and(char::is_ascii_lowercase);
    !is_latin(before) || (hump && (!before.is_ascii_uppercase() || next_is_lower))
}

fn is_latin(character: char) -> bool {
    character.is_alphanumeric() && !is_chinese(character)
}

fn lower(text: &str) -> String {
    text.chars().map(lower_letter).collect()
}

fn lower_letter(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    lower.next().unwrap_or(letter)
}
