//! What is run: the console blocks of a page, in order, with what each of its languages says that they print.
//!
//! Both languages have the same commands; they run once, and each language's output is compared. Reads `.console` files, too:
//! one block that is a file. Knows no cluster. Next: `play.rs`.

use super::scope;
use crate::words::fault;
use anyhow::Result;
use ladder_manifest::Language;
use ladder_manifest::place::LineIndex;
use mdbook_ladder::console::{self, Item, Line};
use mdbook_ladder::fence::{Kind, On};
use mdbook_ladder::{Book, Page};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A page or a transcript, ready to be run.
#[derive(Debug)]
pub(crate) struct Script {
    /// The page in each language.
    pub(crate) editions: Vec<Edition>,
    /// The manifests that the reader works with.
    pub(crate) folder: Option<PathBuf>,
    /// What the page calls the namespace that it works in.
    pub(crate) home: String,
    pub(crate) acts: Vec<Act>,
    /// Blocks that are shown only, or only for the practice cluster.
    pub(crate) shown_only: usize,
    /// `# cluster` in a transcript: it works in no namespace of its own.
    whole_cluster: bool,
}

/// A file of a script.
#[derive(Debug)]
pub(crate) struct Edition {
    /// As it is named from where `ladder` was called.
    pub(crate) file: PathBuf,
    pub(crate) text: String,
}

#[derive(Clone, Debug)]
pub(crate) enum Act {
    Wait(u64),
    Step(Step),
}

/// A command, and what each edition says of it, in the order of the editions.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) command: String,
    /// The words of the command itself.
    pub(crate) words: Vec<String>,
    pub(crate) here_document: String,
    pub(crate) printed: Vec<Printed>,
}

/// What one edition says that a command prints.
#[derive(Clone, Debug)]
pub(crate) struct Printed {
    /// The line of the command, from 1.
    pub(crate) line: usize,
    /// The lines of the output, with their numbers.
    pub(crate) lines: Vec<(usize, String)>,
    pub(crate) status: i32,
    /// The bytes of the file that hold output and status; empty behind the command where there are none.
    pub(crate) span: Range<usize>,
    /// What stands before each line of the block, in a list.
    pub(crate) indentation: String,
}

impl Script {
    /// What the options name: slugs, patterns of slugs, files; without any, all pages of the book that have commands.
    pub(crate) fn all(named: &[String], language: Language) -> Result<Vec<Script>> {
        let mut scripts = Vec::new();
        let mut book = None;
        let everything = ["*".to_owned()];
        for name in if named.is_empty() {
            &everything[..]
        } else {
            named
        } {
            let file = Path::new(name);
            match file.extension().and_then(|extension| extension.to_str()) {
                Some("console") => scripts.push(transcript(file, language)?),
                Some("md") => scripts.push(loose_page(file, language)?),
                _ => scripts.extend(of_book(name, &mut book, language)?),
            }
        }
        Ok(scripts)
    }

    /// The commands.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.acts.iter().filter_map(|act| match act {
            Act::Step(step) => Some(step),
            Act::Wait(_) => None,
        })
    }

    /// Whether the page makes the namespace that it works in, or works in none.
    pub(crate) fn is_its_own_host(&self) -> bool {
        self.whole_cluster
            || self.steps().any(|step| {
                scope::makes_namespace(&step.words(), self.folder.as_deref(), &self.home)
            })
    }

    /// The first command that reaches beyond the page's namespace.
    pub(crate) fn reaches_out(&self) -> Option<&Step> {
        let home = [self.home.as_str()];
        self.steps().find(|step| {
            scope::reaches_out(
                &step.words(),
                &step.here_document,
                self.folder.as_deref(),
                &home,
            )
        })
    }

    /// Leaves out what stands behind this line of the first edition.
    pub(crate) fn until(&mut self, line: usize) {
        let behind = |act: &Act| matches!(act, Act::Step(step) if step.printed.first().is_some_and(|printed| printed.line > line));
        if let Some(end) = self.acts.iter().position(behind) {
            self.acts.truncate(end);
        }
    }
}

impl Step {
    pub(crate) fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }
}

fn of_book(
    name: &str,
    book: &mut Option<(PathBuf, Book)>,
    language: Language,
) -> Result<Vec<Script>> {
    let (root, book) = match book {
        Some(book) => book,
        None => {
            let root = crate::check::book_root()?;
            let read = Book::open(&root)?;
            book.insert((root, read))
        }
    };
    let entries = book.pages(language);
    let chosen: Vec<&str> = entries
        .iter()
        .map(|entry| entry.slug)
        .filter(|slug| fits(name, slug))
        .collect();
    if chosen.is_empty() {
        let known = entries
            .iter()
            .map(|entry| entry.slug)
            .collect::<Vec<_>>()
            .join(", ");
        return Err(fault(
            language,
            "fault.page",
            &[("page", name.to_owned()), ("known", known)],
        ));
    }
    let scripts = chosen.into_iter().map(|slug| {
        let other = Language::ALL.into_iter().filter(|other| *other != language);
        let pages = std::iter::once(language)
            .chain(other)
            .filter_map(|language| book.page(language, slug));
        of_pages(slug, root, pages.collect())
    });
    Ok(scripts
        .filter(|script| script.steps().next().is_some())
        .collect())
}

/// `*` in a pattern stands for any characters.
fn fits(pattern: &str, slug: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = slug.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// A page in its languages. A language whose commands are others is left to `ladder check`, which says so.
fn of_pages(slug: &str, root: &Path, pages: Vec<&Page>) -> Script {
    let folder = root.join("manifests").join(slug);
    let mut script = Script {
        editions: Vec::new(),
        folder: folder.is_dir().then_some(folder),
        home: "ladder".to_owned(),
        acts: Vec::new(),
        shown_only: 0,
        whole_cluster: false,
    };
    for page in pages {
        let (acts, shown_only) = acts_of(page);
        if script.editions.is_empty() {
            (script.acts, script.shown_only) = (acts, shown_only);
        } else if !join(&mut script.acts, acts) {
            continue;
        }
        script.editions.push(Edition {
            file: tidy(&root.join(&page.file)),
            text: page.text().to_owned(),
        });
    }
    script
}

fn tidy(file: &Path) -> PathBuf {
    file.strip_prefix(".").unwrap_or(file).to_owned()
}

/// Adds what another edition says of the same commands; false where they are others.
fn join(acts: &mut [Act], others: Vec<Act>) -> bool {
    let command = |act: &Act| match act {
        Act::Step(step) => step.command.clone(),
        Act::Wait(seconds) => seconds.to_string(),
    };
    if acts.iter().map(command).ne(others.iter().map(command)) {
        return false;
    }
    for (act, other) in acts.iter_mut().zip(others) {
        if let (Act::Step(step), Act::Step(other)) = (act, other) {
            step.printed.extend(other.printed);
        }
    }
    true
}

fn acts_of(page: &Page) -> (Vec<Act>, usize) {
    let (mut acts, mut shown_only) = (Vec::new(), 0);
    let index = LineIndex::new(page.text());
    for fence in &page.fences {
        match fence.kind {
            Kind::Console(On::Both | On::Cluster) => {
                let place = |range: Range<usize>| page.woven.locate(fence.in_page(range)).1;
                let start = page
                    .woven
                    .locate(fence.span.start..fence.span.start)
                    .1
                    .start;
                let indentation = line_start(page.text(), start).to_owned();
                acts.extend(acts_in(&fence.code, &index, place, &indentation));
            }
            Kind::Console(_) => shown_only += 1,
            _ => {}
        }
    }
    (acts, shown_only)
}

/// What stands before a byte on its line.
fn line_start(text: &str, byte: usize) -> &str {
    let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    &text[start..byte]
}

fn acts_in(
    code: &str,
    index: &LineIndex<'_>,
    place: impl Fn(Range<usize>) -> Range<usize>,
    indentation: &str,
) -> Vec<Act> {
    let console = console::read(code);
    let line_of = |range: Range<usize>| index.place(place(range).start).line;
    let act = |item: &Item| match item {
        Item::Wait { seconds, .. } => Act::Wait(*seconds),
        Item::Command(step) => {
            let end = step.span.end;
            let behind = console
                .lines
                .iter()
                .skip_while(|(_, span)| span.start < end);
            let output = behind
                .take_while(|(kind, _)| matches!(kind, Line::Output | Line::Status))
                .map(|(_, span)| span.clone());
            let output: Vec<Range<usize>> = output.collect();
            let span = match (output.first(), output.last()) {
                (Some(first), Some(last)) => {
                    place(first.start..first.start).start..place(last.end..last.end).start
                }
                _ => place(end..end).start..place(end..end).start,
            };
            let lines = step.output.iter().map(|range| {
                (
                    line_of(range.start..range.start),
                    code[range.clone()].to_owned(),
                )
            });
            let printed = Printed {
                line: line_of(step.span.start..step.span.start),
                lines: lines.collect(),
                status: step.status,
                span,
                indentation: indentation.to_owned(),
            };
            Act::Step(Step {
                command: step.command.clone(),
                words: step
                    .shell
                    .words()
                    .iter()
                    .map(|word| word.text.clone())
                    .collect(),
                here_document: step
                    .shell
                    .here_document
                    .clone()
                    .map(|range| step.command[range].to_owned())
                    .unwrap_or_default(),
                printed: vec![printed],
            })
        }
    };
    console.items.iter().map(act).collect()
}

fn read(file: &Path, language: Language) -> Result<String> {
    std::fs::read_to_string(file).map_err(|error| {
        let arguments = [
            ("path", file.display().to_string()),
            ("reason", error.to_string()),
        ];
        fault(language, "fault.unreadable", &arguments)
    })
}

/// A page that was named by its file: this language only. In a book, with the book's manifests.
fn loose_page(file: &Path, language: Language) -> Result<Script> {
    let text = read(file, language)?;
    let page = Page::read(Path::new(""), file, &text, Default::default());
    let root = mdbook_ladder::book::root_of(file);
    let mut script = of_pages(
        &page.slug,
        root.as_deref().unwrap_or(Path::new("")),
        vec![&page],
    );
    if let Some(edition) = script.editions.first_mut() {
        edition.file = file.to_owned();
    }
    Ok(script)
}

fn transcript(file: &Path, language: Language) -> Result<Script> {
    let text = read(file, language)?;
    let name = file
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let acts = acts_in(&text, &LineIndex::new(&text), |range| range, "");
    let dashed: String = name
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect();
    Ok(Script {
        home: dashed
            .chars()
            .take(50)
            .collect::<String>()
            .trim_matches('-')
            .to_owned(),
        whole_cluster: text.lines().any(|line| line == "# cluster"),
        editions: vec![Edition {
            file: file.to_owned(),
            text,
        }],
        folder: None,
        acts,
        shown_only: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        assert!(
            fits("*", "pods") && fits("pods", "pods") && fits("pods-*", "pods-and-deployments")
        );
        assert!(fits("*and*s", "pods-and-deployments"));
        assert!(!fits("pods", "pods-and-deployments") && !fits("*x*", "pods"));
    }

    #[test]
    fn an_output_is_placed_with_its_status() {
        let text = "$ a\nout\n? 1\n# +2s\n$ b\n";
        let acts = acts_in(text, &LineIndex::new(text), |range| range, "");
        let [Act::Step(first), Act::Wait(2), Act::Step(second)] = acts.as_slice() else {
            panic!("{acts:?}")
        };
        assert_eq!(&text[first.printed[0].span.clone()], "out\n? 1");
        assert_eq!((first.printed[0].line, first.printed[0].status), (1, 1));
        assert_eq!(
            (second.printed[0].line, second.printed[0].span.clone()),
            (5, 21..21)
        );
    }
}
