//! `ladder new`: begins a chapter with both pages, a manifest, and its place in the order.
//!
//! The texts are in `scaffold/`. All or nothing: where one file cannot be written, what was written is taken back.

use crate::cli::NewOptions;
use crate::words::{fault, say};
use crate::write::{self, Written};
use crate::{Outcome, check, terminal};
use anyhow::Result;
use ladder_manifest::Language;
use mdbook_ladder::Book;
use mdbook_ladder::book::ORDER;
use mdbook_ladder::toc::{self, order, order::Rung};
use std::path::Path;

const ENGLISH: &str = include_str!("../scaffold/chapter.en.md");
const CHINESE: &str = include_str!("../scaffold/chapter.zh.md");
const MANIFEST: &str = include_str!("../scaffold/manifest.yaml");

/// Makes the files of a new chapter and rewrites the lists that name it.
pub(crate) fn run(options: &NewOptions) -> Result<Outcome> {
    let (slug, language) = (options.slug.as_str(), options.speech.language());
    verify(slug, language)?;
    let root = check::book_root()?;
    let book = Book::open(&root)?;
    let order = order_with(
        &book,
        rung(&book, options.rung.as_deref(), language)?,
        slug,
        language,
    )?;
    let files = files(slug);
    if let Some((file, _)) = files.iter().find(|(file, _)| root.join(file).exists()) {
        return Err(write::exists(Path::new(file)));
    }
    let mut written = Written::default();
    for (file, text) in &files {
        written.create(&root.join(file), text)?;
    }
    written.replace(&root.join(ORDER), &book.order_text, &order)?;
    for change in toc::plan(&Book::open(&root)?)? {
        let file = root.join(&change.file);
        match &change.before {
            Some(before) => written.replace(&file, before, &change.after)?,
            None => written.create(&file, &change.after)?,
        }
    }
    written.keep();
    let files: String = files.iter().map(|(file, _)| format!("{file}\n")).collect();
    terminal::print(&files)?;
    terminal::tell(&say(language, "new.next", &[("slug", slug.to_owned())]));
    Ok(Outcome::Clean)
}

/// The files of a chapter and what each begins with.
fn files(slug: &str) -> [(String, String); 3] {
    let filled = |text: &str| {
        text.replace("{slug}", slug)
            .replace("{title}", &title(slug))
    };
    [
        (format!("src/zh/{slug}.md"), filled(CHINESE)),
        (format!("src/en/{slug}.md"), filled(ENGLISH)),
        (format!("manifests/{slug}/{slug}.yaml"), filled(MANIFEST)),
    ]
}

/// A slug is part of an address, and the name of the scaffold's object in the cluster.
fn verify(slug: &str, language: Language) -> Result<()> {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let reason = if !slug.split('-').all(is_word) {
        "form"
    } else if slug.len() > 50 {
        "long"
    } else if matches!(slug, "index" | "print" | "404" | "toc" | "summary") {
        "reserved"
    } else {
        return Ok(());
    };
    Err(fault(
        language,
        &format!("fault.slug-{reason}"),
        &[("slug", slug.to_owned())],
    ))
}

/// The rung that was asked for, or the last one.
fn rung<'b>(book: &'b Book, asked: Option<&str>, language: Language) -> Result<&'b Rung> {
    let rungs = &book.order.rungs;
    let found = match asked {
        Some(slug) => rungs.iter().find(|rung| rung.name.slug == slug),
        None => rungs.last(),
    };
    found.ok_or_else(|| {
        let known: Vec<&str> = rungs.iter().map(|rung| rung.name.slug.as_str()).collect();
        match asked {
            Some(rung) if !known.is_empty() => {
                let known = known.join(", ");
                fault(
                    language,
                    "fault.rung",
                    &[("rung", rung.to_owned()), ("known", known)],
                )
            }
            _ => fault(language, "fault.no-rung", &[]),
        }
    })
}

/// The text of `src/toc.yaml` with the chapter as the last one of a rung; all else, comments too, stays as it is.
fn order_with(book: &Book, rung: &Rung, slug: &str, language: Language) -> Result<String> {
    if book.order.names().any(|name| name.slug == slug) {
        return Err(fault(
            language,
            "fault.listed",
            &[("slug", slug.to_owned())],
        ));
    }
    let text = with_line(&book.order_text, rung, slug);
    let slugs = |rung: &Rung| {
        rung.chapters
            .iter()
            .map(|chapter| chapter.slug.clone())
            .collect::<Vec<_>>()
    };
    let wanted = [slugs(rung), vec![slug.to_owned()]].concat();
    let (read, _) = order::read(&text);
    let there = read
        .rungs
        .iter()
        .find(|read| read.name.slug == rung.name.slug);
    // A list in brackets, for example, has no place for another line.
    if read.rungs.len() != book.order.rungs.len() || there.map(slugs) != Some(wanted) {
        let arguments = [("rung", rung.name.slug.clone()), ("slug", slug.to_owned())];
        return Err(fault(language, "fault.toc", &arguments));
    }
    Ok(text)
}

fn with_line(text: &str, rung: &Rung, slug: &str) -> String {
    let last = rung.chapters.last().unwrap_or(&rung.name);
    let start = text[..last.span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..]
        .find('\n')
        .map_or(text.len(), |at| start + at + 1);
    let indent: String = text[start..]
        .chars()
        .take_while(|character| *character == ' ')
        .collect();
    let deeper = if rung.chapters.is_empty() { "    " } else { "" };
    let (line, after) = text.split_at(end);
    let break_before = if line.ends_with('\n') { "" } else { "\n" };
    let end_of_line = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
    format!("{line}{break_before}{indent}{deeper}- {slug}{end_of_line}{after}")
}

/// `config-maps` → `Config maps`: what the author replaces first.
fn title(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut characters = words.chars();
    characters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn added(before: &str, after: &str) {
        let (order, _) = order::read(before);
        assert_eq!(with_line(before, &order.rungs[0], "new"), after);
    }

    #[test]
    fn a_chapter_comes_after_the_last_one_and_its_comment() {
        added(
            "# order\n- a:\n  - b # first\n# end\n- c:\n",
            "# order\n- a:\n  - b # first\n  - new\n# end\n- c:\n",
        );
    }

    #[test]
    fn the_first_chapter_of_a_rung_stands_below_it() {
        added("- a:\n", "- a:\n    - new\n");
    }

    #[test]
    fn a_last_line_without_a_break_gets_one() {
        added("- a:\n    - b", "- a:\n    - b\n    - new\n");
    }
}
