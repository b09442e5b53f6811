//! Texts that are made of headings: SUMMARY.md, the list in both languages, doctoc blocks.

use crate::shelf::Shelf;
use ladder_manifest::Language;
use mdbook_ladder::toc;

const BLOCK: &str = "<!-- START doctoc generated TOC please keep comment here to allow auto update -->\n<!-- DON'T EDIT THIS SECTION, INSTEAD RE-RUN doctoc TO UPDATE -->\n**目录**  *generated with [DocToc](https://github.com/thlorenz/doctoc)*\n\nOLD\n<!-- END doctoc generated TOC please keep comment here to allow auto update -->";

/// What `ladder toc` would write to a file.
fn planned(shelf: &Shelf, file: &str) -> Option<String> {
    let changes = toc::plan(&shelf.open()).expect("readable");
    changes
        .into_iter()
        .find(|change| change.file.ends_with(file))
        .map(|change| change.after)
}

#[test]
fn a_summary_nests_chapters_below_rungs() {
    let shelf = Shelf::new(&[("src/en/pods.md", "# Pods & [more] `x`\n")]);
    let summary = shelf.open().summary(Language::English);
    assert!(summary.ends_with("-->\n\n[Preface](index.md)\n\n- [First Breath](rung.md)\n  - [Pods \\& \\[more\\] x](pods.md)\n"), "{summary}");
}

#[test]
fn a_page_that_is_not_translated_is_listed_as_it_is() {
    let shelf = Shelf::new(&[]);
    shelf.remove("src/en/rung.md");
    assert!(
        shelf
            .open()
            .summary(Language::English)
            .contains("- [炼气](../zh/rung.md)\n  - [Title](pods.md)\n")
    );
}

#[test]
fn the_list_in_both_languages_links_from_where_it_stands() {
    let place = "<!-- START ladder toc -->\n\n<!-- END ladder toc -->";
    let shelf = Shelf::new(&[
        ("README.md", &format!("# Book\n\n{place}\nend\n")),
        ("src/zh/index.md", &format!("# 前言\n\n{place}\n")),
    ]);
    shelf.remove("src/en/rung.md");
    assert_eq!(
        planned(&shelf, "README.md").as_deref(),
        Some(
            "# Book\n\n<!-- START ladder toc -->\n\n- [炼气](src/zh/rung.md)\n  - [标题](src/zh/pods.md) / [Title](src/en/pods.md)\n\n<!-- END ladder toc -->\nend\n"
        )
    );
    assert!(
        planned(&shelf, "src/zh/index.md")
            .expect("a change")
            .contains("  - [标题](pods.md) / [Title](../en/pods.md)\n")
    );
}

#[test]
fn a_doctoc_block_gets_the_ids_that_github_gives() {
    let page = format!(
        "# 标题\n\n{BLOCK}\n\n## Pod 是什么？ {{#what}}\n\n### R&D -- C++ {{#rd}}\n\n## 🚀 开始 {{#start}}\n"
    );
    let shelf = Shelf::new(&[("src/zh/pods.md", &page)]);
    let after = planned(&shelf, "src/zh/pods.md").expect("a change");
    let block = &after[..after.find("<!-- END").expect("an end")];
    assert!(
        block.ends_with("UPDATE -->\n\n**目录**  *generated with [DocToc](https://github.com/thlorenz/doctoc)*\n\n- [Pod 是什么？](#pod-是什么-what)\n  - [R\\&D -- C++](#rd----c-rd)\n- [🚀 开始](#-开始-start)\n\n"),
        "{block}"
    );
}

#[test]
fn what_was_written_needs_no_writing() {
    let place = "<!-- START ladder toc --> <!-- END ladder toc -->";
    let page = format!("# 标题\n\n{BLOCK}\n\n## 一 {{#one}}\n");
    let shelf = Shelf::new(&[
        ("src/zh/pods.md", &page),
        ("README.md", place),
        ("src/en/index.md", &format!("# Preface\n\n{place}\n")),
    ]);
    for change in toc::plan(&shelf.open()).expect("readable") {
        shelf.write(&change.file.to_string_lossy(), change.after.as_bytes());
    }
    assert_eq!(toc::plan(&shelf.open()).expect("readable"), []);
}
