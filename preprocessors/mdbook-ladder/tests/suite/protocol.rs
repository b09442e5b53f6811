//! `mdbook-ladder` as mdBook calls it: arguments, JSON in and out, exit status.

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::config::Config;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn called(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mdbook-ladder"));
    let pipes = command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = pipes.spawn().expect("the program starts");
    // The program may end before it has read all.
    let _ = child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

/// What mdBook sends for a book of anybody's, with one page.
fn input(root: &Path, page: &str, language: &str, version: &str) -> String {
    let mut config = Config::default();
    config.book.language = Some(language.to_owned());
    let mut context = PreprocessorContext::new(root.to_owned(), config, "html".to_owned());
    context.mdbook_version = version.to_owned();
    let book = Book::new_with_items(vec![BookItem::Chapter(Chapter::new(
        "Page",
        page.to_owned(),
        "page.md",
        Vec::new(),
    ))]);
    serde_json::to_string(&(context, book)).expect("JSON")
}

const RIGHT: &str =
    "## Any heading\n\n```yaml\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: x\n```\n";

#[test]
fn every_renderer_is_supported() {
    assert!(called(&["supports", "html"], "").status.success());
}

#[test]
fn a_book_goes_in_and_comes_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = called(
        &[],
        &input(
            folder.path(),
            RIGHT,
            "en",
            mdbook_preprocessor::MDBOOK_VERSION,
        ),
    );
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let book: Book = serde_json::from_slice(&output.stdout).expect("a book");
    let content = &book.chapters().next().expect("a chapter").content;
    assert!(
        content.starts_with("## Any heading\n\n<figure class=\"manifest\""),
        "{content}"
    );
}

#[test]
fn a_mistake_stops_the_build_in_the_language_of_the_book() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = RIGHT.replace("metadata:", "metadata:\n  nmae: y");
    for (language, words) in [("en", "unknown field"), ("zh-CN", "未知字段")] {
        let output = called(
            &[],
            &input(
                folder.path(),
                &page,
                language,
                mdbook_preprocessor::MDBOOK_VERSION,
            ),
        );
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(output.stdout.is_empty());
        assert!(
            said.starts_with("src/page.md:7:3: error[unknown-field]: ") && said.contains(words),
            "{said}"
        );
    }
}

#[test]
fn another_mdbook_is_warned_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = called(&[], &input(folder.path(), RIGHT, "en", "0.4.52"));
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("called by 0.4.52"));
}

#[test]
fn what_is_no_book_is_told_so() {
    let output = called(&[], "{");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("mdbook-ladder: "));
    assert_eq!(called(&["build"], "").status.code(), Some(2));
}
