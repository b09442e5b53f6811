//! What the rendered pages of a language still lack: mdBook's template can name a page's source only, and its renderer has
//! English words of its own and makes a space of every line end, which Chinese does not have between its words.

use super::phrases::Phrases;
use super::shared::Shared;
use super::{read_file, write_file};
use anyhow::Result;
use ladder_manifest::Language;
use mdbook_ladder::Book;
use std::path::Path;

/// Goes over every page in `folder`, and over the list of them for readers without script.
pub(super) fn finish(
    book: &Book,
    language: Language,
    folder: &Path,
    shared: &Shared,
) -> Result<()> {
    let words = Phrases::read(&book.root)?;
    let pages = book.pages(language);
    for slug in pages.iter().map(|entry| entry.slug).chain(["toc"]) {
        let file = folder.join(format!("{slug}.html"));
        let page = pointing_at_pages(&shared.named_in(&read_file(&file)?), slug);
        let page = match language {
            Language::Chinese => lines_joined(&words.with_admonitions(&page)),
            Language::English => page,
        };
        write_file(&file, page)?;
    }
    Ok(())
}

/// The links between the languages lead to the page, not to its source; manifests lie once, beside the languages.
fn pointing_at_pages(page: &str, slug: &str) -> String {
    let page = page.replace(
        "class=\"manifest-file\" href=\"manifests/",
        "class=\"manifest-file\" href=\"../manifests/",
    );
    Language::ALL.into_iter().fold(page, |page, language| {
        let address = format!("href=\"../{}/{slug}", language.code());
        page.replace(&format!("{address}.md\""), &format!("{address}.html\""))
    })
}

/// The text of a page without the line ends that would show as spaces within Chinese. Code keeps all of them.
fn lines_joined(page: &str) -> String {
    let (Some(start), Some(end)) = (page.find("<main>"), page.rfind("</main>")) else {
        return page.to_owned();
    };
    let mut joined = String::with_capacity(page.len());
    joined.push_str(&page[..start]);
    let mut rest = &page[start..end];
    while let Some(code) = rest.find("<pre") {
        let behind = rest[code..]
            .find("</pre>")
            .map_or(rest.len(), |at| code + at);
        joined.push_str(&text_joined(&rest[..code]));
        joined.push_str(&rest[code..behind]);
        rest = &rest[behind..];
    }
    joined.push_str(&text_joined(rest));
    joined.push_str(&page[end..]);
    joined
}

fn text_joined(html: &str) -> String {
    let mut joined = String::with_capacity(html.len());
    let mut last = ' '; // the last character that a reader sees
    let mut in_tag = false;
    for (at, character) in html.char_indices() {
        match character {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            '\n' if !in_tag && joins(last, first_seen(&html[at + 1..])) => continue,
            _ if !in_tag => last = character,
            _ => {}
        }
        joined.push(character);
    }
    joined
}

/// The first character of a piece of HTML that a reader sees.
fn first_seen(html: &str) -> char {
    let mut in_tag = false;
    let seen = html.chars().find(|character| {
        let is_seen = !in_tag && *character != '<';
        in_tag = if in_tag {
            *character != '>'
        } else {
            *character == '<'
        };
        is_seen
    });
    seen.unwrap_or(' ')
}

/// Whether two characters stand together without a space: both Chinese, or one of them a Chinese mark of punctuation.
fn joins(one: char, other: char) -> bool {
    is_mark(one) || is_mark(other) || (is_chinese(one) && is_chinese(other))
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '“' | '”' | '‘' | '’' | '…')
}

fn is_chinese(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_language_is_linked_as_a_page() {
        let page = r#"<a href="../en/pods.md">English</a> <a href="../en/pods.md.html">"#;
        assert_eq!(
            pointing_at_pages(page, "pods"),
            r#"<a href="../en/pods.html">English</a> <a href="../en/pods.md.html">"#
        );
    }

    #[test]
    fn a_line_end_within_chinese_is_no_space() {
        for (text, joined) in [
            ("它倒下了。\n谁来扶？", "它倒下了。谁来扶？"),
            ("一个\n<strong>容器</strong>", "一个<strong>容器</strong>"),
            ("集群。\nKubernetes", "集群。Kubernetes"),
            ("用 Pod\n（容器）", "用 Pod（容器）"),
            ("运行\nPod", "运行\nPod"),
            ("a Pod\nruns", "a Pod\nruns"),
            ("<pre>一\n二</pre>三\n四", "<pre>一\n二</pre>三四"),
        ] {
            assert_eq!(
                lines_joined(&format!("一\n二<main>{text}</main>")),
                format!("一\n二<main>{joined}</main>")
            );
        }
    }
}
