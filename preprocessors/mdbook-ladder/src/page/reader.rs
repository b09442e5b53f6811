//! One walk over the events of the markdown parser that fills a [`Page`].
//!
//! Knows pulldown-cmark with mdBook's options, and nothing of what a fence means: [`crate::fence`] reads info strings.

use super::headings::{Heading, Ids, escaped};
use super::joint;
use super::{Dialect, DrawingPlace, Link, ListKind, ListPlace, Page, Section};
use crate::fence::{self, Fence, Raw};
use crate::include::directives;
use crate::rules::DRAWING;
use ladder_manifest::Finding;
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Fills the page with what stands in the woven text, and tells what is wrong with it at places of that text.
pub(super) fn read(page: &mut Page, text: &str, dialect: Dialect) -> Vec<Finding> {
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = dialect.smart_punctuation;
    options.definition_lists = dialect.definition_lists;
    options.admonitions = dialect.admonitions;
    let mut reader = Reader {
        page,
        text,
        ids: Ids::default(),
        heading: None,
        term: None,
        fence: None,
        comment: None,
        doctoc: None,
        code: Vec::new(),
        findings: Vec::new(),
    };
    reader.page.sections.push(Section::default());
    for (event, span) in new_cmark_parser(text, &options).into_offset_iter() {
        reader.event(event, span);
    }
    reader.finish()
}

struct Reader<'p, 't> {
    page: &'p mut Page,
    text: &'t str,
    ids: Ids,
    heading: Option<Heading>,
    /// The title of a definition list: mdBook gives it an id too.
    term: Option<String>,
    fence: Option<Raw>,
    /// The last comment that is a block of its own: its inside and where it ends.
    comment: Option<(Range<usize>, usize)>,
    /// Where a doctoc block began that has not ended.
    doctoc: Option<usize>,
    /// Code within lines: what looks like a directive there is text.
    code: Vec<Range<usize>>,
    findings: Vec<Finding>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.words(&text, None, span),
            Event::Code(code) => {
                let text = self.text;
                self.code.push(span.clone());
                self.words(&code, Some(&text[span.clone()]), span);
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, span),
            Event::SoftBreak => self.soft_break(span),
            Event::HardBreak => self.words(" ", None, span),
            Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    /// The end of a line within a paragraph: a space between Latin words, nothing in Chinese.
    fn soft_break(&mut self, span: Range<usize>) {
        match joint::of(self.text, &span) {
            Some(joint) => {
                self.words("", None, span);
                self.page.joints.push(joint);
            }
            None => self.words(" ", None, span),
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                let explicit = id.is_some();
                let id = id.map(|id| id.to_string()).unwrap_or_default();
                self.heading = Some(Heading {
                    level: level as u8,
                    text: String::new(),
                    markdown: String::new(),
                    id,
                    explicit,
                    span,
                });
            }
            Tag::DefinitionListTitle => self.term = Some(String::new()),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let comment = self
                    .comment
                    .take()
                    .filter(|(_, end)| only_marks(&self.text[*end..span.start]))
                    .map(|(inside, _)| inside);
                self.fence = Some(Raw::new(&info, self.text, span, comment));
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.link(&dest_url, span),
            Tag::Paragraph => self.drawing(span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(span),
            TagEnd::DefinitionListTitle => {
                if let Some(term) = self.term.take() {
                    let id = self.ids.of(&term);
                    self.page.html_ids.push(id);
                }
                self.break_line();
            }
            TagEnd::CodeBlock => {
                if let Some(raw) = self.fence.take() {
                    let whole_include = self
                        .page
                        .includes
                        .iter()
                        .position(|include| include.span == raw.code_span());
                    let fence: Fence = fence::read(raw, whole_include, &mut self.findings);
                    self.page.fences.push(fence);
                }
                self.break_line();
            }
            TagEnd::TableCell => self.say("\t"),
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::DefinitionListDefinition
            | TagEnd::HtmlBlock => self.break_line(),
            _ => {}
        }
    }

    fn end_heading(&mut self, span: Range<usize>) {
        let Some(mut heading) = self.heading.take() else {
            return;
        };
        if !heading.explicit {
            heading.id = self.ids.of(&heading.text);
        }
        heading.span = span.start..span.start + self.text[span].trim_end().len();
        for words in [&mut heading.text, &mut heading.markdown] {
            *words = words.trim().to_owned();
        }
        self.page.sections.push(Section {
            id: heading.id.clone(),
            title: heading.text.clone(),
            level: heading.level,
            text: String::new(),
        });
        self.page.headings.push(heading);
    }

    /// Text, wherever it stands; `code` is its markdown where it is code.
    fn words(&mut self, text: &str, code: Option<&str>, span: Range<usize>) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
            match code {
                Some(code) => heading.markdown.push_str(code),
                None => heading.markdown.push_str(&escaped(text)),
            }
            return;
        }
        if let Some(fence) = &mut self.fence {
            fence.push(text, span);
        }
        if let Some(term) = &mut self.term {
            term.push_str(text);
        }
        self.say(text);
    }

    fn say(&mut self, text: &str) {
        if let Some(section) = self.page.sections.last_mut() {
            section.text.push_str(text);
        }
    }

    fn break_line(&mut self) {
        let Some(section) = self.page.sections.last_mut() else {
            return;
        };
        section.text.truncate(section.text.trim_end().len());
        if !section.text.is_empty() {
            section.text.push('\n');
        }
    }

    fn html(&mut self, html: &str, span: Range<usize>) {
        let comment = html.trim();
        if let Some(inside) = comment
            .strip_prefix("<!--")
            .and_then(|rest| rest.strip_suffix("-->"))
        {
            self.comment(inside.trim(), span);
            return;
        }
        for (attribute, value, at) in attributes(html) {
            let span = span.start + at.start..span.start + at.end;
            match attribute {
                "href" | "src" => self.page.links.push(Link {
                    target: value.replace("&amp;", "&"),
                    span,
                }),
                "id" | "name" => self.page.html_ids.push(value.to_owned()),
                _ => {}
            }
        }
        self.say(without_tags(html).trim());
    }

    fn comment(&mut self, inside: &str, span: Range<usize>) {
        let trimmed = span.start..span.start + self.text[span.clone()].trim_end().len();
        if inside == "toc" {
            self.page.lists.push(ListPlace {
                kind: ListKind::Marker,
                span: trimmed,
            });
        } else if inside.starts_with("START doctoc") {
            self.doctoc = Some(span.start);
        } else if inside.starts_with("END doctoc")
            && let Some(start) = self.doctoc.take()
        {
            let span = start..trimmed.end;
            // The list is made anew: what its links lead to now is of no account.
            while self
                .page
                .links
                .last()
                .is_some_and(|link| link.span.start >= span.start)
            {
                self.page.links.pop();
            }
            self.page.lists.push(ListPlace {
                kind: ListKind::Doctoc,
                span,
            });
        }
        let at = self.text[span.clone()].find(inside).unwrap_or(0) + span.start;
        self.comment = Some((at..at + inside.len(), span.end));
    }

    fn link(&mut self, target: &str, span: Range<usize>) {
        let whole = &self.text[span.clone()];
        let span = match whole.rfind(target) {
            Some(at) if !target.is_empty() => span.start + at..span.start + at + target.len(),
            _ => span,
        };
        self.page.links.push(Link {
            target: target.to_owned(),
            span,
        });
    }

    /// A paragraph that is nothing but `{{#drawing NAME}}`.
    fn drawing(&mut self, span: Range<usize>) {
        let paragraph = self.text[span.clone()].trim();
        let mut found = directives(paragraph);
        if let (Some(directive), None) = (found.next(), found.next())
            && directive.name == "drawing"
            && directive.span == (0..paragraph.len())
        {
            let name = directive.argument.to_owned();
            let span = span.start..span.start + paragraph.len();
            self.page.drawings.push(DrawingPlace { name, span });
        }
    }

    /// A drawing is a block: within a line it would show as it is written.
    fn stray_drawings(&mut self) {
        let blocks: BTreeSet<usize> = self
            .page
            .drawings
            .iter()
            .map(|drawing| drawing.span.start)
            .collect();
        let fences = self
            .page
            .fences
            .iter()
            .map(|fence| (fence.span.start, fence.span.end));
        let code: BTreeMap<usize, usize> = fences
            .chain(self.code.iter().map(|span| (span.start, span.end)))
            .collect();
        for directive in directives(self.text).filter(|directive| directive.name == "drawing") {
            let at = directive.span.start;
            let is_code = code
                .range(..at)
                .next_back()
                .is_some_and(|(_, end)| *end > at);
            if !blocks.contains(&at) && !is_code {
                let finding = Finding::new(&DRAWING, directive.span)
                    .saying("stray")
                    .advising("stray");
                self.findings.push(finding.with("name", directive.argument));
            }
        }
    }

    fn finish(mut self) -> Vec<Finding> {
        self.stray_drawings();
        let title = self
            .page
            .headings
            .iter()
            .find(|heading| heading.level == 1)
            .map(|heading| heading.text.clone());
        self.page.title = title.unwrap_or_else(|| self.page.slug.clone());
        for section in &mut self.page.sections {
            section.text.truncate(section.text.trim_end().len());
        }
        if self
            .page
            .sections
            .first()
            .is_some_and(|first| first.text.is_empty())
        {
            self.page.sections.remove(0);
        }
        self.findings
    }
}

/// Whether there is nothing between a comment and a fence but blanks and the marks of a list or quotation.
fn only_marks(between: &str) -> bool {
    between
        .chars()
        .all(|character| character.is_whitespace() || character == '>')
        && between.matches('\n').count() <= 2
}

/// The attributes of the tags in a piece of HTML: name, value, place of the value. Comments are passed over.
fn attributes(html: &str) -> Vec<(&str, &str, Range<usize>)> {
    let mut found = Vec::new();
    for (at, _) in html.match_indices("=\"") {
        let name_start = html[..at]
            .rfind(|character: char| !character.is_ascii_alphanumeric() && character != '-')
            .map_or(0, |before| before + 1);
        let Some(length) = html[at + 2..].find('"') else {
            continue;
        };
        let value = at + 2..at + 2 + length;
        found.push((&html[name_start..at], &html[value.clone()], value));
    }
    found
}

/// The text of a piece of HTML.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        match rest[open..].find('>') {
            Some(close) => rest = &rest[open + close + 1..],
            None => rest = "",
        }
    }
    text + rest
}
