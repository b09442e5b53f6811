//! What the reader sees of a page's fences, drawings and lists: markdown in, markdown with HTML in it out.
//!
//! Works without script; a theme may make more of it. Every piece of HTML stands on one line, line breaks in code are
//! written as `&#10;`: so no blank line ends it, and it stays within the list or quotation that it stands in.
//!
//! - a manifest: `<figure class="manifest" id="manifest-NAME" data-file="manifests/…">`, in it `<figcaption>` with a link
//!   to the file, then `<pre><code class="yaml nohighlight">` with a `<span class="yaml-key">` and so on for each part;
//!   one that is wrong on purpose has the class `wrong` and a `<span class="badge">` as well.
//! - a console block: `<div class="console" data-on="both|nothing|cluster|practice">`, in it `<pre><samp>` with a
//!   `<span class="console-command" data-command="…">` for each command (the mark is in `<span class="console-prompt">`
//!   and is not to be copied), `console-remark`, `console-wait`, `console-status`, `console-output`.
//! - a page that stands only in the other language: `<div class="missing-translation" lang="…">` before all.

mod console;
mod manifest;
mod words;
mod yaml;

use crate::drawing;
use crate::fence::Kind;
use crate::page::Page;
use crate::toc::{Ids, in_page};
use ladder_manifest::Language;
use std::ops::Range;
use std::path::Path;

/// The markdown of a page for mdBook: includes resolved, fences, drawings and lists exchanged. `language` is that of the
/// reader; `root` is where the drawings are.
pub fn render(root: &Path, page: &Page, language: Language) -> String {
    let text = &page.woven.text;
    let mut exchanges: Vec<(Range<usize>, String)> = Vec::new();
    for (index, fence) in page.fences.iter().enumerate() {
        let html = match &fence.kind {
            Kind::Manifest(promise) => {
                Some(manifest::figure(page, fence, promise, index, language))
            }
            Kind::Console(on) => console::block(fence, *on, language),
            Kind::Other => None,
        };
        exchanges.extend(html.map(|html| html_block(text, &fence.span, html)));
    }
    for place in &page.drawings {
        let figure = drawing::figure(root, &place.name, language);
        exchanges.extend(figure.map(|figure| html_block(text, &place.span, figure)));
    }
    for place in &page.lists {
        exchanges.push((place.span.clone(), in_page(page, place, Ids::MdBook)));
    }
    exchanges.extend(
        page.joints
            .iter()
            .map(|joint| (joint.clone(), String::new())),
    );
    exchanges.sort_by_key(|(span, _)| span.start);
    exchanged(text, exchanges)
}

/// The box over a page that is shown in the other language, for a reader of `language`.
pub fn missing_translation(language: Language) -> String {
    let words = words::MISSING_TRANSLATION.in_language(language);
    format!(
        "<div class=\"missing-translation\" lang=\"{}\" role=\"note\"><p>{words}</p></div>\n\n",
        language.tag()
    )
}

fn exchanged(text: &str, exchanges: Vec<(Range<usize>, String)>) -> String {
    let mut made = String::with_capacity(text.len() * 2);
    let mut from = 0;
    for (span, html) in exchanges {
        if span.start >= from {
            made.push_str(&text[from..span.start]);
            made.push_str(&html);
            from = span.end;
        }
    }
    made.push_str(&text[from..]);
    made
}

/// A piece of HTML and the block that it takes the place of. Where the next line is not blank, a blank one is put before
/// it, in the same list or quotation: it would be HTML too.
fn html_block(text: &str, block: &Range<usize>, mut html: String) -> (Range<usize>, String) {
    let end = block.start + text[block.clone()].trim_end_matches('\n').len();
    let line_start = text[..block.start].rfind('\n').map_or(0, |at| at + 1);
    let next_line = text[end..].split('\n').nth(1).unwrap_or_default();
    if !next_line
        .chars()
        .all(|character| character == '>' || character.is_whitespace())
    {
        let before = text[line_start..block.start].chars();
        let marks: String = before
            .map(|mark| if mark == '>' { '>' } else { ' ' })
            .collect();
        html.push('\n');
        html.push_str(marks.trim_end());
    }
    (block.start..end, html)
}

/// Text that is safe within HTML and its attributes, on one line.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    // A backslash keeps a directive from being followed, and is no part of what is shown.
    for character in text.replace("\\{{#", "{{#").chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => {}
            // A later preprocessor would take these for its own.
            '{' => escaped.push_str("&#123;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A span of a class around a text.
pub(crate) fn span(class: &str, text: &str) -> String {
    format!("<span class=\"{class}\">{}</span>", escaped(text))
}
