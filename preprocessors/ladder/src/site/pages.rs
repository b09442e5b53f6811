//! What the rendered pages of a language still lack: mdBook's template can name a page's source only, and its renderer has
//! English words of its own.

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
            Language::Chinese => words.with_admonitions(&page),
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
}
