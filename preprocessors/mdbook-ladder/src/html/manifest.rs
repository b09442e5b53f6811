//! A manifest as the reader sees it: coloured, with its file to download, and marked where it is wrong on purpose.

use super::words::WRONG_ON_PURPOSE;
use super::{escaped, yaml};
use crate::fence::{Fence, Promise};
use crate::page::Page;
use ladder_manifest::Language;

/// The figure of the fence that is the `index`-th of the page.
pub(super) fn figure(
    page: &Page,
    fence: &Fence,
    promise: &Promise,
    index: usize,
    language: Language,
) -> String {
    let file = file_of(page, fence);
    let id = escaped(&id(page, file.as_deref(), index));
    let wrong = if promise.expect.is_some() {
        " wrong"
    } else {
        ""
    };
    let data = file
        .as_ref()
        .map(|file| format!(" data-file=\"{}\"", escaped(file)))
        .unwrap_or_default();
    let caption = caption(page, file.as_deref(), promise, language);
    let code = yaml::coloured(fence.code.trim_end_matches('\n'));
    format!(
        "<figure class=\"manifest{wrong}\" id=\"{id}\"{data}>{caption}\
         <pre tabindex=\"0\"><code class=\"yaml nohighlight\">{code}&#10;</code></pre></figure>"
    )
}

/// The file of the book's manifests that the fence shows.
fn file_of(page: &Page, fence: &Fence) -> Option<String> {
    let include = &page.includes[fence.include?];
    let file = include.file.to_string_lossy().replace('\\', "/");
    file.starts_with("manifests/").then_some(file)
}

/// `manifest-` with the file's name, or with the fence's number where there is no file or an earlier fence shows it too.
fn id(page: &Page, file: Option<&str>, index: usize) -> String {
    let Some(file) = file else {
        return format!("manifest-{}", index + 1);
    };
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let same_name = |other: &Fence| {
        file_of(page, other).is_some_and(|other| other.rsplit('/').next() == Some(name))
    };
    if page.fences[..index].iter().any(same_name) {
        format!("manifest-{stem}-{}", index + 1)
    } else {
        format!("manifest-{stem}")
    }
}

fn caption(page: &Page, file: Option<&str>, promise: &Promise, language: Language) -> String {
    let mut caption = String::new();
    if let Some(file) = file {
        let name = escaped(file.rsplit('/').next().unwrap_or(file));
        // Only the site of a bilingual book has the manifests beside its pages.
        caption.push_str(&match page.language {
            Some(_) => format!(
                "<a class=\"manifest-file\" href=\"{}\" download>{name}</a>",
                escaped(file)
            ),
            None => format!("<span class=\"manifest-file\">{name}</span>"),
        });
    }
    if let Some(code) = &promise.expect {
        let words = WRONG_ON_PURPOSE.in_language(language);
        caption.push_str(&format!(
            "<span class=\"badge\" data-code=\"{}\">{words}</span>",
            escaped(code)
        ));
    }
    if caption.is_empty() {
        caption
    } else {
        format!("<figcaption>{caption}</figcaption>")
    }
}
