//! Findings for people: the lines of the file with what is wrong marked, why, and what to do.
//!
//! Drawn by `annotate-snippets`, which aligns Chinese and emoji. It is given no more of a file than it has to show, so that
//! neither a file of megabytes nor a line of them costs more than its place. Knows no file and no terminal; whether there
//! are colours is said by the caller. Next: `wrap.rs` breaks what is to be said into lines.

use super::wrap::{clipped, wrapped};
use super::{Style, beginning, by_file, listed, name, releases, written};
use crate::words::say;
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet,
    normalize_untrusted_str,
};
use ladder_manifest::place::LineIndex;
use ladder_manifest::{Language, Severity};
use mdbook_ladder::{Checked, Located};
use std::ops::Range;

/// What fits beside an editor.
const WIDTH: usize = 100;

/// The most characters of a message, which may quote a value; of what stands beside an underline.
const MESSAGE: usize = 400;
const LABEL: usize = 72;

/// What stands before a remark: the number's columns, ` = ` and a word such as `help: `.
const BESIDE: usize = 16;

/// Each finding with an empty line after it.
pub(super) fn findings(
    checked: &Checked,
    style: &Style,
    colours: bool,
) -> impl Iterator<Item = String> {
    let renderer = if colours {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(WIDTH);
    by_file(checked).flat_map(move |(text, findings)| {
        let (renderer, lines) = (renderer.clone(), LineIndex::new(text));
        findings
            .iter()
            .map(move |located| renderer.render(&[group(located, text, &lines, style)]) + "\n\n")
    })
}

/// One line of how many there are: `5 errors, 2 warnings in 12 files, 34 manifests`.
pub(super) fn summary(checked: &Checked, language: Language) -> String {
    let nouns = [
        (Severity::Error, "errors"),
        (Severity::Warning, "warnings"),
        (Severity::Note, "notes"),
    ];
    let counts = nouns.map(|(severity, noun)| (checked.count(severity), noun));
    let found = counts.into_iter().filter(|(count, _)| *count > 0);
    let found: Vec<String> = found
        .map(|(count, noun)| counted(count, noun, language))
        .collect();
    let found = match found.is_empty() {
        true => say(language, "report.none", &[]),
        false => listed(found, language),
    };
    let files = counted(checked.files, "files", language);
    let manifests = counted(checked.manifests, "manifests", language);
    found
        + &say(
            language,
            "report.in",
            &[("files", files), ("manifests", manifests)],
        )
}

fn counted(count: usize, noun: &str, language: Language) -> String {
    let number = if count == 1 { "one" } else { "many" };
    say(
        language,
        &format!("report.{noun}.{number}"),
        &[("count", count.to_string())],
    )
}

fn group(located: &Located, text: &str, lines: &LineIndex<'_>, style: &Style) -> Group<'static> {
    let (finding, language) = (&located.finding, style.language);
    let title = level(finding.rule.severity, language)
        .primary_title(clipped(&finding.message(language), MESSAGE));
    let mut group = title
        .id(finding.rule.code)
        .elements(source(located, text, lines, language));
    for (level, remark) in remarks(located, style) {
        let remark = wrapped(
            &normalize_untrusted_str(&clipped(&remark, 4 * MESSAGE)),
            WIDTH - BESIDE,
        );
        group = group.element(level.message(remark));
    }
    group
}

/// What stands under the source: what to do, and on which releases where it is not all that were asked for.
fn remarks(located: &Located, style: &Style) -> Vec<(Level<'static>, String)> {
    let (finding, language) = (&located.finding, style.language);
    let mut remarks = Vec::new();
    if let Some(help) = finding.help(language) {
        remarks.push((
            Level::HELP.with_name(say(language, "report.help", &[])),
            help,
        ));
    }
    if let Some(remark) = releases(finding, style) {
        remarks.push((
            Level::NOTE.with_name(say(language, "report.note", &[])),
            remark,
        ));
    }
    remarks
}

fn level(severity: Severity, language: Language) -> Level<'static> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    level.with_name(say(language, &format!("report.{}", severity.word()), &[]))
}

/// A place to underline, and what is written there.
struct Mark {
    span: Range<usize>,
    kind: AnnotationKind,
    label: String,
}

/// Where a finding stands, and the source around it: in one piece if that is small, else the line of each place by itself.
fn source(
    located: &Located,
    text: &str,
    lines: &LineIndex<'_>,
    language: Language,
) -> Vec<Element<'static>> {
    /// Below this, what lies between two places costs nothing.
    const SMALL: usize = 8 * 1024;
    let file = name(&located.file);
    if text.is_empty() {
        return vec![origin(file, lines, located.finding.span.start)];
    }
    let marks = marks(located, text, language);
    let start = marks
        .iter()
        .map(|mark| mark.span.start)
        .min()
        .unwrap_or_default();
    let end = marks
        .iter()
        .map(|mark| mark.span.end)
        .max()
        .unwrap_or_default();
    let shown = whole_lines(text, start..end);
    if shown.len() <= SMALL {
        return vec![snippet(text, shown, lines, marks).path(file).into()];
    }
    let single = marks.into_iter().flat_map(|mut mark| {
        let line = whole_lines(text, mark.span.start..mark.span.start);
        let window = window(text, line.clone(), mark.span.start);
        mark.span.end = mark.span.end.min(window.end);
        let place = origin(file.clone(), lines, mark.span.start);
        let is_cut = window.start > line.start;
        let snippet = snippet(text, window, lines, vec![mark]);
        // The drawing counts columns in what it is given, which is wrong where the line does not begin there.
        if is_cut {
            vec![place, snippet.into()]
        } else {
            vec![snippet.path(file.clone()).into()]
        }
    });
    single.collect()
}

fn origin(file: String, lines: &LineIndex<'_>, byte: usize) -> Element<'static> {
    let place = lines.place(byte);
    Origin::path(file)
        .line(place.line)
        .char_column(place.column)
        .into()
}

fn marks(located: &Located, text: &str, language: Language) -> Vec<Mark> {
    let finding = &located.finding;
    let primary = Mark {
        span: finding.span.clone(),
        kind: AnnotationKind::Primary,
        label: clipped(&finding.path, LABEL),
    };
    let related = finding.related.iter().map(|related| Mark {
        span: related.span.clone(),
        kind: AnnotationKind::Context,
        label: clipped(&finding.label(language, related), LABEL),
    });
    let marks = std::iter::once(primary).chain(related);
    marks
        .map(|mark| Mark {
            span: written(text, &mark.span),
            ..mark
        })
        .collect()
}

fn snippet(
    text: &str,
    shown: Range<usize>,
    lines: &LineIndex<'_>,
    marks: Vec<Mark>,
) -> Snippet<'static, Annotation<'static>> {
    let annotations = marks.into_iter().map(|mark| {
        let span = mark.span.start - shown.start..mark.span.end - shown.start;
        mark.kind
            .span(span)
            .label(Some(mark.label).filter(|label| !label.is_empty()))
    });
    let annotations: Vec<_> = annotations.collect();
    let first = lines.place(shown.start).line;
    Snippet::source(text[shown].to_owned())
        .line_start(first)
        .annotations(annotations)
}

/// All lines that `span` touches, without the last break.
fn whole_lines(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text[..span.start]
        .rfind('\n')
        .map_or(beginning(text), |at| at + 1);
    let end = text[span.end..]
        .find('\n')
        .map_or(text.len(), |at| span.end + at);
    start..span.end + text[span.end..end].trim_end_matches('\r').len()
}

/// As much of a line around a place as a screen has room for.
fn window(text: &str, line: Range<usize>, place: usize) -> Range<usize> {
    const AROUND: usize = 400;
    let start = text.floor_char_boundary(place.saturating_sub(AROUND));
    let end = text.floor_char_boundary(place.saturating_add(AROUND));
    start.max(line.start)..end.min(line.end)
}
