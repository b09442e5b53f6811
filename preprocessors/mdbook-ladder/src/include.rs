//! Resolves `{{#include FILE}}` and keeps, for each byte, its place in the file that holds it.
//!
//! Reads what mdBook's own `links` would read, before it: `FILE`, `FILE:2`, `FILE:2:10`, `FILE:anchor`, also within an
//! included file. A path that leaves the book is refused, by `..` as by a symbolic link. Knows neither markdown nor YAML.
//! Next: [`crate::page`] reads the woven text.

use crate::places::{Located, Source, Woven};
use crate::rules::{INCLUDE_LOOP, INCLUDE_MISSING, INCLUDE_OUTSIDE, INCLUDE_PART};
use ladder_manifest::{Finding, Rule};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

/// More text than this from one page is a mistake: files that include each other twice grow like chess-board grains.
const MOST_TEXT: usize = 32 << 20;

/// No path is longer; what is, is text with braces in it.
const LONGEST_DIRECTIVE: usize = 1024;

/// An include of a page that was resolved.
#[derive(Clone, Debug)]
pub struct Include {
    /// What it put in, as bytes of the woven text.
    pub span: Range<usize>,
    /// The file, relative to the book.
    pub file: PathBuf,
    /// Which part of it: nothing, or what stands behind the first colon.
    pub part: String,
    /// What names the file, as bytes of the page's own file.
    pub named: Range<usize>,
}

/// A page's text with its includes resolved.
#[derive(Clone, Debug, Default)]
pub struct Included {
    /// The text and the place of each byte.
    pub woven: Woven,
    /// What was put in by the page itself, in order (not what an included file includes).
    pub includes: Vec<Include>,
    /// What is wrong with the includes.
    pub findings: Vec<Located>,
}

/// Resolves the includes of `text`, which is that of `root/file`.
pub fn resolve(root: &Path, file: &Path, text: &str) -> Included {
    let mut weaver = Weaver {
        root,
        canonical_root: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
        open: vec![file.to_owned()],
        done: Included {
            woven: Woven {
                sources: vec![Source {
                    file: file.to_owned(),
                    text: text.into(),
                }],
                ..Woven::default()
            },
            ..Included::default()
        },
    };
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    weaver.weave(0, text, start..text.len());
    weaver.done
}

/// A directive of mdBook's form: `{{#name argument}}`.
#[derive(Debug, PartialEq)]
pub(crate) struct Directive<'t> {
    /// From the first brace to the last.
    pub(crate) span: Range<usize>,
    pub(crate) name: &'t str,
    pub(crate) argument: &'t str,
    /// Where the argument stands.
    pub(crate) argument_at: Range<usize>,
}

/// The directives of a text. One with a backslash before it is text, as for mdBook.
pub(crate) fn directives(text: &str) -> impl Iterator<Item = Directive<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(found) = text[from..].find("{{") {
            let start = from + found;
            from = start + 2;
            if text[..start].ends_with('\\') {
                continue;
            }
            if let Some(directive) = directive(text, start) {
                from = directive.span.end;
                return Some(directive);
            }
        }
        None
    })
}

fn directive(text: &str, start: usize) -> Option<Directive<'_>> {
    let inside = start + 2;
    let window =
        &text[inside..text.floor_char_boundary((inside + LONGEST_DIRECTIVE).min(text.len()))];
    let body = window.trim_start().strip_prefix('#')?;
    let name_length =
        body.find(|character: char| !character.is_ascii_alphanumeric() && character != '_')?;
    let (name, rest) = body.split_at(name_length);
    let (argument, behind) = rest.split_once('}')?;
    let end = inside + window.len() - behind.len() + 1;
    let well_formed =
        behind.starts_with('}') && rest.starts_with([' ', '\t']) && !argument.contains('\n');
    let argument_start = end - 2 - argument.trim_start().len();
    let argument = argument.trim();
    if name.is_empty() || argument.is_empty() || !well_formed {
        return None;
    }
    Some(Directive {
        span: start..end,
        name,
        argument,
        argument_at: argument_start..argument_start + argument.len(),
    })
}

struct Weaver<'r> {
    root: &'r Path,
    canonical_root: PathBuf,
    /// The files that are being put in, outermost first: one of them again is a loop.
    open: Vec<PathBuf>,
    done: Included,
}

impl Weaver<'_> {
    /// Puts in `range` of a source, with what its directives name in their place.
    fn weave(&mut self, source: usize, text: &str, range: Range<usize>) {
        let mut from = range.start;
        for directive in
            directives(&text[range.clone()]).filter(|directive| directive.name == "include")
        {
            let start = range.start + directive.span.start;
            self.copy(source, text, from..start);
            from = range.start + directive.span.end;
            let at =
                range.start + directive.argument_at.start..range.start + directive.argument_at.end;
            if !self.put_in(source, directive.argument, at.clone()) {
                self.copy(source, text, start..from);
            }
        }
        self.copy(source, text, from..range.end);
    }

    fn copy(&mut self, source: usize, text: &str, range: Range<usize>) {
        if !range.is_empty() {
            let woven = &mut self.done.woven;
            woven
                .places
                .push(woven.text.len(), source, range.start, range.len());
            woven.text.push_str(&text[range]);
        }
    }

    /// Whether the file was put in; where not, a finding says why.
    fn put_in(&mut self, source: usize, argument: &str, at: Range<usize>) -> bool {
        let (path, part) = argument.split_once(':').unwrap_or((argument, ""));
        let from = self
            .open
            .last()
            .and_then(|file| file.parent())
            .unwrap_or(Path::new(""));
        let Some(file) = tidy(&from.join(path)) else {
            return self.refuse(source, &INCLUDE_OUTSIDE, at, path, "");
        };
        let on_disk = self.root.join(&file);
        let canonical = match on_disk.canonicalize() {
            Ok(canonical) if !canonical.starts_with(&self.canonical_root) => {
                return self.refuse(source, &INCLUDE_OUTSIDE, at, path, "");
            }
            Ok(canonical) => canonical,
            Err(_) => return self.refuse(source, &INCLUDE_MISSING, at, path, "general"),
        };
        if self.open.contains(&file) || self.done.woven.text.len() > MOST_TEXT {
            return self.refuse(source, &INCLUDE_LOOP, at, path, "");
        }
        let Ok(bytes) = std::fs::read(&canonical) else {
            return self.refuse(source, &INCLUDE_MISSING, at, path, "unreadable");
        };
        let text = match ladder_manifest::text(&bytes) {
            Ok(text) => text,
            Err(finding) => {
                self.done.findings.push(Located {
                    file,
                    finding: *finding,
                });
                return false;
            }
        };
        let Some(lines) = lines_of(text, part) else {
            return self.refuse(source, &INCLUDE_PART, at, path, "");
        };
        let begin = self.done.woven.text.len();
        self.put_in_lines(file.clone(), text, &lines);
        if self.open.len() == 1 {
            let span = begin..self.done.woven.text.len();
            self.done.includes.push(Include {
                span,
                file,
                part: part.to_owned(),
                named: at,
            });
        }
        true
    }

    /// Puts in lines, each as far to the right as the directive stands, so that a fence within a list stays in it.
    fn put_in_lines(&mut self, file: PathBuf, text: &str, lines: &[Range<usize>]) {
        let source = self.source(&file, text);
        let indent = indent_at_end(&self.done.woven.text);
        self.open.push(file);
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                // The break belongs to the line before: its own byte, so that the place of the line's end is right.
                let woven = &mut self.done.woven;
                woven
                    .places
                    .push(woven.text.len(), source, lines[index - 1].end, 1);
                woven.text.push('\n');
                if !indent.is_empty() && !line.is_empty() {
                    woven.places.push(woven.text.len(), source, line.start, 0);
                    woven.text.push_str(&indent);
                }
            }
            self.weave(source, text, line.clone());
        }
        self.open.pop();
    }

    fn source(&mut self, file: &Path, text: &str) -> usize {
        let sources = &mut self.done.woven.sources;
        sources
            .iter()
            .position(|source| source.file == file)
            .unwrap_or_else(|| {
                sources.push(Source {
                    file: file.to_owned(),
                    text: text.into(),
                });
                sources.len() - 1
            })
    }

    fn refuse(
        &mut self,
        source: usize,
        rule: &'static Rule,
        at: Range<usize>,
        path: &str,
        variant: &'static str,
    ) -> bool {
        let finding = Finding::new(rule, at).with("file", path).saying(variant);
        let file = self.done.woven.sources[source].file.clone();
        self.done.findings.push(Located { file, finding });
        false
    }
}

/// The blanks of the text's last line, if there is nothing else in it.
fn indent_at_end(text: &str) -> String {
    let line = &text[text.rfind('\n').map_or(0, |at| at + 1)..];
    if line.bytes().all(|byte| byte == b' ' || byte == b'\t') {
        line.to_owned()
    } else {
        String::new()
    }
}

/// The path without `.` and `..`, or nothing where it leaves the root.
pub(crate) fn tidy(path: &Path) -> Option<PathBuf> {
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::Normal(name) => tidy.push(name),
            Component::ParentDir if tidy.pop() => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(tidy)
}

/// The lines that a part names (`2`, `2:10`, `:10`, `2:`, `anchor`), without their breaks; nothing where it names none.
fn lines_of(text: &str, part: &str) -> Option<Vec<Range<usize>>> {
    let text_start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = Vec::new();
    let mut start = text_start;
    for line in text[text_start..].split_inclusive('\n') {
        let end = start + line.trim_end_matches('\n').trim_end_matches('\r').len();
        lines.push(start..end);
        start += line.len();
    }
    if part.is_empty() {
        return Some(lines);
    }
    let (first, last) = part
        .split_once(':')
        .map_or((part, None), |(first, last)| (first, Some(last)));
    let number = |text: &str| text.parse::<usize>().ok();
    match (number(first), last) {
        (None, None) => anchored(text, &lines, part),
        (None, Some(_)) if !first.is_empty() => anchored(text, &lines, first),
        (from, to) => {
            let from = from.unwrap_or(1).max(1);
            let to = match to {
                None => from,
                Some("") => usize::MAX,
                Some(to) => number(to)?,
            };
            let chosen: Vec<_> = lines.into_iter().take(to).skip(from - 1).collect();
            (!chosen.is_empty()).then_some(chosen)
        }
    }
}

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`, without the lines of any anchor.
fn anchored(text: &str, lines: &[Range<usize>], name: &str) -> Option<Vec<Range<usize>>> {
    let mut chosen = None;
    let mut inside = false;
    for line in lines {
        let words = &text[line.clone()];
        if let Some(begun) = anchor(words, "ANCHOR:") {
            if begun == name {
                inside = true;
                chosen.get_or_insert_with(Vec::new);
            }
        } else if let Some(ended) = anchor(words, "ANCHOR_END:") {
            inside &= ended != name;
        } else if inside {
            chosen.get_or_insert_with(Vec::new).push(line.clone());
        }
    }
    chosen
}

fn anchor<'l>(line: &'l str, mark: &str) -> Option<&'l str> {
    let (_, rest) = line.split_once(mark)?;
    let rest = rest.trim_start();
    let end = rest
        .find(|character: char| {
            !character.is_alphanumeric() && character != '_' && character != '-'
        })
        .unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_has_its_argument_and_its_place() {
        let text = "a {{#include  x.yaml }} \\{{#include y}} {{ .Values }} {{#drawing z}}";
        let found: Vec<_> = directives(text).collect();
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].name, found[0].argument), ("include", "x.yaml"));
        assert_eq!(&text[found[0].argument_at.clone()], "x.yaml");
        assert_eq!(&text[found[1].span.clone()], "{{#drawing z}}");
    }

    #[test]
    fn parts_are_mdbooks() {
        let text = "1\n2\r\n3\n# ANCHOR: a\n5\n# ANCHOR_END: a\n7\n";
        let part = |part: &str| {
            lines_of(text, part).map(|lines| {
                lines
                    .into_iter()
                    .map(|line| &text[line])
                    .collect::<Vec<_>>()
                    .join("|")
            })
        };
        assert_eq!(part("2").as_deref(), Some("2"));
        assert_eq!(part("2:3").as_deref(), Some("2|3"));
        assert_eq!(part(":2").as_deref(), Some("1|2"));
        assert_eq!(part("7:").as_deref(), Some("7"));
        assert_eq!(part("a").as_deref(), Some("5"));
        assert_eq!(part("b"), None);
        assert_eq!(part("9:12"), None);
    }
}
