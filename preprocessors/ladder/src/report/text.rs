//! Findings for people: the lines of the file with what is wrong marked, why, and what to do.
//!
//! Drawn by `annotate-snippets`, which aligns Chinese and emoji. Knows no file and no terminal; whether there are colours
//! is said by the caller.

use super::{Style, Texts, name};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use ladder_manifest::{Language, Severity, Version};
use mdbook_ladder::{Checked, Located};
use std::ops::Range;

/// What fits beside an editor.
const WIDTH: usize = 100;

/// All findings, an empty line after each; nothing where there are none.
pub(super) fn findings(checked: &Checked, style: &Style, colours: bool) -> String {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let texts = Texts::of(checked);
    checked.findings.iter().map(|located| renderer.render(&[group(located, checked, &texts, style)]) + "\n\n").collect()
}

fn group<'f>(located: &'f Located, checked: &'f Checked, texts: &Texts<'_>, style: &Style) -> Group<'f> {
    let (finding, language) = (&located.finding, style.language);
    let title = level(finding.rule.severity, language).primary_title(finding.message(language)).id(finding.rule.code);
    let mut elements = vec![place(located, checked, texts, language)];
    if let Some(help) = finding.help(language) {
        elements.push(Level::HELP.with_name(word(language, "help", "帮助")).message(help).into());
    }
    let on_all = finding.versions.is_empty() || finding.versions == style.versions;
    if !on_all {
        elements.push(Level::NOTE.with_name(word(language, "note", "说明")).message(releases(&finding.versions, language)).into());
    }
    title.elements(elements)
}

/// The lines of the file, or its name alone where it has none to show.
fn place<'f>(located: &'f Located, checked: &'f Checked, texts: &Texts<'_>, language: Language) -> Element<'f> {
    let finding = &located.finding;
    let Some(text) = checked.texts.get(&located.file).filter(|text| !text.is_empty()) else {
        let (start, _) = texts.places(located);
        return Origin::path(name(&located.file)).line(start.line).char_column(start.column).into();
    };
    let mut shown = finding.span.clone();
    for related in &finding.related {
        shown = shown.start.min(related.span.start)..shown.end.max(related.span.end);
    }
    let (window, first_line) = window(text, &shown);
    let inside = |span: &Range<usize>| {
        let end = span.end.min(text.len()).saturating_sub(window.start);
        (span.start - window.start).min(end)..end
    };
    let primary = AnnotationKind::Primary.span(inside(&finding.span)).label(finding.path.as_str());
    let related = finding.related.iter().map(|related| AnnotationKind::Context.span(inside(&related.span)).label(finding.label(language, related)));
    Snippet::source(&text[window.clone()]).line_start(first_line).path(name(&located.file)).annotation(primary).annotations(related).into()
}

/// The lines that hold `span`, and the number of the first: an editor's worth of a file of megabytes.
fn window(text: &str, span: &Range<usize>) -> (Range<usize>, usize) {
    let start = text[..floor(text, span.start)].rfind('\n').map_or(0, |at| at + 1);
    let end = floor(text, span.end.max(span.start));
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let line = text[..start].bytes().filter(|byte| *byte == b'\n').count() + 1;
    (start..end, line)
}

fn floor(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte.min(text.len()))
}

fn level(severity: Severity, language: Language) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR.with_name(word(language, "error", "错误")),
        Severity::Warning => Level::WARNING.with_name(word(language, "warning", "警告")),
        Severity::Note => Level::NOTE.with_name(word(language, "note", "说明")),
    }
}

fn word(language: Language, english: &'static str, chinese: &'static str) -> &'static str {
    match language {
        Language::English => english,
        Language::Chinese => chinese,
    }
}

fn releases(versions: &[Version], language: Language) -> String {
    let list: Vec<String> = versions.iter().map(Version::to_string).collect();
    match language {
        Language::English => format!("on Kubernetes {}", list.join(", ")),
        Language::Chinese => format!("在 Kubernetes {} 上如此", list.join("、")),
    }
}

/// One line of how many there are.
pub(super) fn summary(checked: &Checked, language: Language) -> String {
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| checked.count(severity));
    let (files, manifests) = (checked.files, checked.manifests);
    match language {
        Language::English => {
            let mut counts = counted(errors, "error") + ", " + &counted(warnings, "warning");
            if notes > 0 {
                counts = counts + ", " + &counted(notes, "note");
            }
            if errors + warnings + notes == 0 {
                counts = "no findings".to_owned();
            }
            format!("{counts} in {}, {}", counted(files, "file"), counted(manifests, "manifest"))
        }
        Language::Chinese if errors + warnings + notes == 0 => format!("没有发现问题：{files} 个文件，{manifests} 个清单"),
        Language::Chinese => {
            let notes = if notes > 0 { format!("，{notes} 个说明") } else { String::new() };
            format!("{errors} 个错误，{warnings} 个警告{notes}；共 {files} 个文件，{manifests} 个清单")
        }
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
