//! Follows the links within a book: pages, headings, files. Links that leave the book are not followed.

use crate::book::Book;
use crate::include::tidy;
use crate::page::{Link, Page};
use crate::places::Located;
use crate::rules::{DEAD_ANCHOR, DEAD_LINK};
use ladder_manifest::{Finding, Language, Rule};
use std::path::{Path, PathBuf};

/// Follows the links of a page to other pages and files.
pub(crate) fn check(book: &Book, page: &Page, findings: &mut Vec<Located>) {
    for link in page.links.iter().filter(|link| !leaves(&link.target)) {
        let (path, anchor) = split(&link.target);
        if path.is_empty() {
            continue;
        }
        let rule = match destination(book, page, &path) {
            Destination::Page(target) if anchor.is_empty() || target.has_id(&anchor) => continue,
            Destination::File => continue,
            Destination::Page(_) => &DEAD_ANCHOR,
            Destination::Nothing => &DEAD_LINK,
        };
        findings.push(page.woven.found(finding(rule, link, &path, &anchor)));
    }
}

/// Follows the links of a page to its own headings.
pub(crate) fn check_alone(page: &Page, findings: &mut Vec<Located>) {
    for link in &page.links {
        if let Some(anchor) = link.target.strip_prefix('#') {
            let anchor = decoded(anchor);
            if !anchor.is_empty() && !page.has_id(&anchor) {
                findings.push(page.woven.found(finding(&DEAD_ANCHOR, link, "", &anchor)));
            }
        }
    }
}

enum Destination<'b> {
    Page(&'b Page),
    File,
    Nothing,
}

fn destination<'b>(book: &'b Book, page: &Page, path: &str) -> Destination<'b> {
    let folder = page.file.parent().unwrap_or(Path::new(""));
    let Some(file) = tidy(&folder.join(path)) else {
        return Destination::Nothing;
    };
    // On the built site the manifests lie beside the pages of each language.
    let on_site = file
        .strip_prefix(folder)
        .ok()
        .filter(|within| within.starts_with("manifests"))
        .map(Path::to_owned);
    if let Some(target) = page_of(book, &file) {
        return Destination::Page(target);
    }
    let exists = |file: &PathBuf| is_spelt_so(&book.root, file);
    if exists(&file) || on_site.as_ref().is_some_and(exists) {
        Destination::File
    } else {
        Destination::Nothing
    }
}

/// The page of a file, `.md` or `.html`, in its language or, where it is not translated, in the other.
fn page_of<'b>(book: &'b Book, file: &Path) -> Option<&'b Page> {
    let is_page = file
        .extension()
        .is_some_and(|extension| extension == "md" || extension == "html");
    let language = Language::from_code(
        file.strip_prefix("src")
            .ok()?
            .components()
            .next()?
            .as_os_str()
            .to_str()?,
    )?;
    let within = file
        .strip_prefix(Path::new("src").join(language.code()))
        .ok()?;
    let slug = within
        .with_extension("")
        .to_string_lossy()
        .replace('\\', "/");
    let page = book
        .page(language, &slug)
        .or_else(|| book.page(language.other(), &slug));
    page.filter(|_| is_page)
}

/// Whether a file is there under exactly this name, also where the file system does not mind capitals: the site will.
fn is_spelt_so(root: &Path, file: &Path) -> bool {
    let mut folder = root.to_owned();
    for name in file.components() {
        let there = std::fs::read_dir(&folder).is_ok_and(|entries| {
            entries
                .flatten()
                .any(|entry| entry.file_name() == name.as_os_str())
        });
        if !there {
            return false;
        }
        folder.push(name);
    }
    true
}

/// Whether a link goes to another host, or is none of a page's matter (`mailto:`).
fn leaves(target: &str) -> bool {
    let scheme = target.split(['/', '#', '?']).next().unwrap_or_default();
    scheme.contains(':') || target.starts_with("//")
}

fn split(target: &str) -> (String, String) {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = path.split('?').next().unwrap_or_default();
    (decoded(path), decoded(anchor))
}

/// A link's text without `%20` and the like.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn finding(rule: &'static Rule, link: &Link, path: &str, anchor: &str) -> Finding {
    let finding = Finding::new(rule, link.span.clone())
        .with("target", path)
        .with("anchor", anchor);
    match (rule.code == DEAD_ANCHOR.code, path.is_empty()) {
        (true, true) => finding.saying("here"),
        (true, false) => finding.saying("general"),
        (false, _) => finding,
    }
}
