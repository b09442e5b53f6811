//! `ladder new`: begins a chapter with both pages, a manifest, and its place in the order.
//!
//! The texts are in `scaffold/`. All or nothing: where one file cannot be written, those that were are taken away again.

use crate::Outcome;
use crate::check::book_root;
use crate::cli::NewOptions;
use crate::toc::{put, write};
use anyhow::{Context, Result, bail};
use mdbook_ladder::Book;
use mdbook_ladder::book::ORDER;
use mdbook_ladder::toc::{self, order::Rung};
use std::fs;
use std::path::{Path, PathBuf};

const ENGLISH: &str = include_str!("../scaffold/chapter.en.md");
const CHINESE: &str = include_str!("../scaffold/chapter.zh.md");
const MANIFEST: &str = include_str!("../scaffold/manifest.yaml");

/// Makes the files of a new chapter and rewrites the lists that name it.
pub(crate) fn run(options: &NewOptions) -> Result<Outcome> {
    let slug = options.slug.as_str();
    verify(slug)?;
    let root = book_root()?;
    let book = Book::open(&root)?;
    let order = with_chapter(&book, rung(&book, options.rung.as_deref())?, slug);
    let files = [
        (format!("src/zh/{slug}.md"), CHINESE),
        (format!("src/en/{slug}.md"), ENGLISH),
        (format!("manifests/{slug}/{slug}.yaml"), MANIFEST),
    ];
    if let Some((file, _)) = files.iter().find(|(file, _)| root.join(file).exists()) {
        bail!("`{file}` is there already\nChoose another name, or edit that chapter.");
    }
    let mut made = Made::default();
    for (file, text) in &files {
        made.file(&root.join(file), &text.replace("{slug}", slug).replace("{title}", &title(slug)))?;
    }
    put(&root.join(ORDER), &order)?;
    made.keep();
    for change in toc::plan(&Book::open(&root)?)? {
        write(&root, &change)?;
    }
    files.iter().for_each(|(file, _)| println!("{file}"));
    eprintln!("Write, and see it with: ladder serve --open");
    Ok(Outcome::Clean)
}

fn verify(slug: &str) -> Result<()> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if slug.is_empty() || !slug.bytes().all(allowed) || slug.starts_with('-') || slug.ends_with('-') {
        bail!("`{slug}` cannot be an address\nUse lower-case letters, digits and hyphens between them: config-maps");
    }
    if matches!(slug, "index" | "print" | "404" | "toc" | "summary") {
        bail!("`{slug}` is a page that the site makes itself\nChoose another name.");
    }
    Ok(())
}

fn rung<'b>(book: &'b Book, asked: Option<&str>) -> Result<&'b Rung> {
    let rungs = &book.order.rungs;
    let found = match asked {
        Some(slug) => rungs.iter().find(|rung| rung.name.slug == slug),
        None => rungs.last(),
    };
    found.with_context(|| {
        let known: Vec<&str> = rungs.iter().map(|rung| rung.name.slug.as_str()).collect();
        format!("{ORDER} has no rung `{}`\nIts rungs are: {}", asked.unwrap_or_default(), known.join(", "))
    })
}

/// The text of `src/toc.yaml` with the chapter as the last one of a rung; all else, comments too, stays as it is.
fn with_chapter(book: &Book, rung: &Rung, slug: &str) -> String {
    let text = &book.order_text;
    let last = rung.chapters.last().unwrap_or(&rung.name);
    let line_start = text[..last.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[last.span.end..].find('\n').map_or(text.len(), |at| last.span.end + at);
    let indent: String = match rung.chapters.last() {
        Some(_) => text[line_start..].chars().take_while(|character| *character == ' ').collect(),
        None => " ".repeat(6),
    };
    format!("{}\n{indent}- {slug}{}", &text[..line_end], &text[line_end..])
}

/// `config-maps` → `Config maps`: what the author replaces first.
fn title(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut characters = words.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

/// Files and folders that were made, taken away again unless they are to be kept.
#[derive(Default)]
struct Made(Vec<PathBuf>);

impl Made {
    fn file(&mut self, file: &Path, text: &str) -> Result<()> {
        if let Some(folder) = file.parent().filter(|folder| !folder.exists()) {
            fs::create_dir_all(folder).with_context(|| format!("the folder `{}` cannot be made\nMake sure that you may write here.", folder.display()))?;
            self.0.push(folder.to_owned());
        }
        put(file, text)?;
        self.0.push(file.to_owned());
        Ok(())
    }

    fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for path in self.0.drain(..).rev() {
            // What cannot be taken away is empty or new; the error that brought us here is the one to tell.
            let _ = if path.is_dir() { fs::remove_dir(&path) } else { fs::remove_file(&path) };
        }
    }
}
