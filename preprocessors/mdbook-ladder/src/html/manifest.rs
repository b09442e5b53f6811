//! A manifest as the reader sees it: coloured, with its file to download, and marked where it is wrong on purpose.

use super::{escaped, yaml};
use crate::fence::{Fence, Promise};
use crate::page::Page;
use ladder_manifest::Language;

/// The figure, or nothing where the fence is no manifest of ours and stays as it is.
pub(super) fn figure(
    page: &Page,
    fence: &Fence,
    promise: &Promise,
    index: usize,
    language: Language,
) -> Option<String> {
    let include = fence.include.map(|include| &page.includes[include]);
    let file = include
        .map(|include| include.file.to_string_lossy().replace('\\', "/"))
        .filter(|file| file.starts_with("manifests/"));
    let name = match &file {
        Some(file) => file
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .rsplit_once('.')
            .map_or("", |(stem, _)| stem)
            .to_owned(),
        None => format!("{}", index + 1),
    };
    // Two fences may show parts of one file: only the first bears its name.
    let first = page.fences.iter().position(|other| {
        other.include.is_some_and(|include| {
            Some(&page.includes[include].file) == fence.include.map(|own| &page.includes[own].file)
        })
    });
    let id = if first.is_none_or(|first| first == index) {
        format!("manifest-{name}")
    } else {
        format!("manifest-{name}-{}", index + 1)
    };
    let wrong = if promise.expect.is_some() {
        " wrong"
    } else {
        ""
    };
    let data = file
        .as_ref()
        .map(|file| format!(" data-file=\"{}\"", escaped(file)))
        .unwrap_or_default();
    let caption = caption(file.as_deref(), promise, language);
    let code = yaml::coloured(fence.code.trim_end_matches('\n'));
    Some(format!(
        "<figure class=\"manifest{wrong}\" id=\"{}\"{data}>{caption}<pre tabindex=\"0\"><code class=\"yaml nohighlight\">{code}&#10;</code></pre></figure>",
        escaped(&id)
    ))
}

fn caption(file: Option<&str>, promise: &Promise, language: Language) -> String {
    let mut caption = String::new();
    if let Some(file) = file {
        let name = file.rsplit('/').next().unwrap_or(file);
        caption.push_str(&format!(
            "<a class=\"manifest-file\" href=\"{}\" download>{}</a>",
            escaped(file),
            escaped(name)
        ));
    }
    if let Some(code) = &promise.expect {
        let words = match language {
            Language::Chinese => "故意写错",
            Language::English => "wrong on purpose",
        };
        caption.push_str(&format!(
            "<span class=\"badge\" data-code=\"{}\">{words}</span>",
            escaped(code)
        ));
    }
    if caption.is_empty() {
        String::new()
    } else {
        format!("<figcaption>{caption}</figcaption>")
    }
}
