//! Reads a page: its title, headings with their ids, fences, links, lists and sections, each with its place.
//!
//! Knows markdown as mdBook reads it, and mdBook's rule for ids. Knows neither Kubernetes nor the other language.
//! Every span counts bytes of the woven text ([`Page::woven`]), which knows the file on disk. Next: [`crate::check`].

pub(crate) mod headings;
mod joint;
mod reader;

pub use headings::Heading;

use crate::fence::Fence;
use crate::include::{self, Include};
use crate::places::{Located, Woven};
use ladder_manifest::Language;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// What mdBook's `[output.html]` says about the markdown of pages.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    /// `"` becomes `“`, `--` becomes `–`: it changes the ids of headings.
    pub smart_punctuation: bool,
    /// Definition lists.
    pub definition_lists: bool,
    /// `> [!NOTE]`.
    pub admonitions: bool,
}

impl Default for Dialect {
    /// mdBook's own.
    fn default() -> Dialect {
        Dialect {
            smart_punctuation: true,
            definition_lists: true,
            admonitions: true,
        }
    }
}

impl Dialect {
    /// mdBook's own, but for what a setting of `[output.html]` says.
    pub(crate) fn of(setting: impl Fn(&str) -> Option<bool>) -> Dialect {
        Dialect {
            smart_punctuation: setting("smart-punctuation").unwrap_or(true),
            definition_lists: setting("definition-lists").unwrap_or(true),
            admonitions: setting("admonitions").unwrap_or(true),
        }
    }
}

/// A page, read.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The file, relative to the book, or as given for a page outside of a book.
    pub file: PathBuf,
    /// The file name without `.md`: what pairs the languages and names the folder of the manifests.
    pub slug: String,
    /// The language of the folder that it lies in; nothing in a book of one language.
    pub language: Option<Language>,
    /// The text with its includes resolved, and the place of each of its bytes on disk.
    pub woven: Woven,
    /// The text of the first heading of level 1; the slug where there is none.
    pub title: String,
    /// Every heading, in order.
    pub headings: Vec<Heading>,
    /// Every fenced code block, in order.
    pub fences: Vec<Fence>,
    /// Every link and image, in order.
    pub links: Vec<Link>,
    /// The includes that the page itself names.
    pub includes: Vec<Include>,
    /// Where lists of the page's headings stand.
    pub lists: Vec<ListPlace>,
    /// The line breaks between Chinese sentences that must not become spaces: bytes of the woven text.
    pub joints: Vec<Range<usize>>,
    /// The drawings that the page asks for.
    pub drawings: Vec<DrawingPlace>,
    /// Ids that raw HTML in the page gives: `<a id="x">`.
    pub html_ids: Vec<String>,
    /// The text by sections: what search looks in.
    pub sections: Vec<Section>,
    /// What was wrong already when the page was read.
    pub findings: Vec<Located>,
}

/// A link or an image.
#[derive(Clone, Debug)]
pub struct Link {
    /// The address as it stands in the page.
    pub target: String,
    /// The address, if it stands there letter by letter; else the whole link.
    pub span: Range<usize>,
}

/// A place for a list of the page's headings.
#[derive(Clone, Debug)]
pub struct ListPlace {
    /// How the place is marked.
    pub kind: ListKind,
    /// The mark, or all from the first mark to the last.
    pub span: Range<usize>,
}

/// How a place for a list is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// `<!-- toc -->`: the list is made when the book is built.
    Marker,
    /// `<!-- START doctoc … -->` to `<!-- END doctoc … -->`: the list stands in the file.
    Doctoc,
}

/// `{{#drawing NAME}}` on a line of its own.
#[derive(Clone, Debug)]
pub struct DrawingPlace {
    /// The name.
    pub name: String,
    /// The directive.
    pub span: Range<usize>,
}

/// A heading and the plain text below it, up to the next heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading's id; nothing for text before the first heading.
    pub id: String,
    /// The heading's text.
    pub title: String,
    /// The heading's level; 0 for text before the first heading.
    pub level: u8,
    /// The text without markup: paragraphs, cells and code, a line or more each. Commands and manifests are in it.
    pub text: String,
}

impl Page {
    /// Reads the page `root/file` whose text is `text`. Never fails: what is wrong is in [`Page::findings`].
    pub fn read(root: &Path, file: &Path, text: &str, dialect: Dialect) -> Page {
        let included = include::resolve(root, file, text);
        let mut page = Page {
            file: file.to_owned(),
            slug: file
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default(),
            language: language_of(file),
            includes: included.includes,
            findings: included.findings,
            ..Page::default()
        };
        let findings = reader::read(&mut page, &included.woven.text, dialect);
        page.woven = included.woven;
        for finding in findings {
            page.findings.push(page.woven.found(finding));
        }
        page
    }

    /// The text by sections, in order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The page's own text, as it lies on disk.
    pub fn text(&self) -> &str {
        self.woven.sources.first().map_or("", |source| &source.text)
    }

    /// Whether a link to `#id` finds something.
    pub fn has_id(&self, id: &str) -> bool {
        self.headings.iter().any(|heading| heading.id == id)
            || self.html_ids.iter().any(|own| own == id)
    }
}

/// The language of a page by the folder that it lies in.
fn language_of(file: &Path) -> Option<Language> {
    Language::from_code(file.parent()?.file_name()?.to_str()?)
}
