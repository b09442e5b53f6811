//! What is read from a page, and that any text can be read.

use ladder_manifest::Language;
use mdbook_ladder::check::{Options, check_page};
use mdbook_ladder::console;
use mdbook_ladder::html;
use mdbook_ladder::page::{Dialect, Page, Section};
use std::path::Path;

fn read(text: &str) -> Page {
    Page::read(
        Path::new("/nowhere"),
        Path::new("src/zh/x.md"),
        text,
        Dialect {
            smart_punctuation: false,
            ..Dialect::default()
        },
    )
}

#[test]
fn a_page_has_sections_of_plain_text() {
    let page = read(
        "before\n\n# Title\n\nOne *two* `three`\nfour.\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n<details>\n<summary>Answer</summary>\n\n```console\n$ ls\n```\n\n</details>\n\n<!-- hidden -->\n\n## Next {#next}\n",
    );
    let section = |id: &str, title: &str, level, text: &str| Section {
        id: id.to_owned(),
        title: title.to_owned(),
        level,
        text: text.to_owned(),
    };
    assert_eq!(
        page.sections(),
        [
            section("", "", 0, "before"),
            section(
                "title",
                "Title",
                1,
                "One two three four.\na\nb\nx\ty\n1\t2\nAnswer\n$ ls"
            ),
            section("next", "Next", 2, "")
        ]
    );
}

#[test]
fn a_console_block_has_steps() {
    let console = console::read(
        "# look\n$ kubectl get pods \\\n>   -o wide\nNAME\n...\n? 1\n# +2m\n$ kubectl wait\n# not a remark\n",
    );
    let steps: Vec<_> = console.steps().collect();
    assert!(console.findings.is_empty());
    assert_eq!(
        (
            steps[0].remarks[0].as_str(),
            steps[0].command.as_str(),
            steps[0].status,
            steps[0].output.len()
        ),
        ("look", "kubectl get pods \\\n  -o wide", 1, 2)
    );
    assert!(matches!(
        console.items[1],
        console::Item::Wait { seconds: 120, .. }
    ));
    assert_eq!((steps[1].remarks.len(), steps[1].output.len()), (0, 1));
}

/// Every beginning of a page that has everything in it is a page too: what is cut off must not stop the reader.
#[test]
fn any_text_can_be_read_checked_and_shown() {
    let text = "\u{feff}# 标题 {#a\u{301}}\r\n\r\n<!-- toc -->\n<!-- START doctoc -->\n- x\n<!-- END doctoc -->\n## `a` \\* & 🚀 {#b}\n1. x\n\n   ```yaml,expect=unknown-field,fragment=Pod.spec\n   \ta: [\"前\", {b: &c 'd'}]\n   e: |2-\n     x\n   ```\n> ```console,norun\n> # r\n> $ X=$(kubectl get \"$(a)\" | grep 'x')\n> > EOF\n> ? 7\n> # +30s\n> [..]\n> ```\n{{#drawing x}} {{#include ../../x:1:2}} \\{{#include y}}\n\n{{#drawing 前}}\n\n<a href=\"#%E5%B1\" id=\"q\">t</a> [l](<b c.md#d>) ![i](j)\n\n| a |\n|--|\n| b |\n\nterm\n: definition\n\n```yaml\napiVersion: v1\nkind: Pod\n---\n- é: ~\n```\n```";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        let page = read(&text[..end]);
        let checked = check_page(&page, &Options::default());
        for located in &checked.findings {
            let file = &checked.texts[&located.file];
            assert!(
                file.get(located.finding.span.clone()).is_some(),
                "{:?} in the first {end} bytes",
                located.finding
            );
        }
        html::render(Path::new("/nowhere"), &page, Language::English);
    }
}

#[test]
fn a_command_of_a_megabyte_is_read_to_the_end() {
    let console = console::read(&format!(
        "$ cat <<EOF\n{}> EOF\n",
        "> > a\n".repeat(1_000_000 / 6)
    ));
    assert!(
        console.findings.is_empty(),
        "{:?}",
        console.findings.first()
    );
}
