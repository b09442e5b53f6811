//! What mdBook makes of the pages: ids that links reach, code that is inert, blocks that stay whole.

use crate::shelf::Shelf;
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_html::HtmlHandlebars;
use mdbook_ladder::page::{Dialect, Page};
use mdbook_ladder::{Book, Ladder};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The main part of a page of the Chinese book, as mdBook renders it with the preprocessor in process.
fn rendered(shelf: &Shelf, slug: &str) -> String {
    let mut config: Config = std::fs::read_to_string(shelf.root().join("book.toml"))
        .expect("a file")
        .parse()
        .expect("a configuration");
    config.book.language = Some("zh-CN".to_owned());
    config.build.create_missing = false;
    config
        .set("preprocessor.ladder.before", ["links"])
        .expect("a setting");
    let mut book = MDBook::load_with_config(shelf.root(), config).expect("the book loads");
    book.with_preprocessor(Ladder::of(Arc::new(
        Book::open(shelf.root()).expect("the book opens"),
    )));
    book.with_renderer(HtmlHandlebars::new());
    book.build().expect("the book builds");
    let html =
        std::fs::read_to_string(shelf.root().join(format!("book/{slug}.html"))).expect("a page");
    let start = html.find("<main>").expect("a main part");
    html[start..html.find("</main>").expect("its end")].to_owned()
}

fn page(markdown: &str) -> String {
    rendered(&Shelf::new(&[("src/zh/pods.md", markdown)]), "pods")
}

/// The values of an attribute, in order.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    html.split(&format!(" {attribute}=\""))
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

/// What stands between the beginning of the first list and the next heading of level 2.
fn first_list(html: &str) -> &str {
    let list = &html[html.find("<ul>").expect("a list")..];
    &list[..list.find("<h2").expect("its end")]
}

const HEADINGS: &str = "## Pod 是什么？\n\n## 部署（Deployment）\n\n## 🚀 快速开始\n\n## kubectl --help flag\n\n## R&amp;D & C++\n\n## `kubectl` 命令：get\n\n## 又一个 {#own-id}\n\n## 同名\n\n## 同名\n\n## 👍\n\n## \n\n## 🎉\n\n### See [the docs](https://kubernetes.io) for *more*\n\n## [1] \\*starred\n\n## 全角　空格 ②\n";

#[test]
fn ids_are_the_ones_that_mdbook_gives() {
    let markdown = format!("# Pod 是什么？\n\n{HEADINGS}");
    let html = page(&markdown);
    let page = Page::read(
        Path::new("."),
        Path::new("x.md"),
        &markdown,
        Dialect {
            smart_punctuation: false,
            ..Dialect::default()
        },
    );
    let headings: Vec<_> = html
        .split("<h")
        .skip(1)
        .filter(|rest| rest.starts_with(|level: char| level.is_ascii_digit()))
        .map(|rest| values(rest, "id")[0])
        .collect();
    assert_eq!(
        page.headings
            .iter()
            .map(|heading| heading.id.as_str())
            .collect::<Vec<_>>(),
        headings
    );
}

#[test]
fn every_line_of_a_list_leads_to_a_heading() {
    let html = page(&format!("# Pod 是什么？\n\n<!-- toc -->\n\n{HEADINGS}"));
    let list = first_list(&html);
    let ids: BTreeSet<&str> = values(&html, "id").into_iter().collect();
    let links = values(list, "href");
    assert_eq!(links.len(), 13, "{list}");
    for link in links {
        assert!(
            ids.contains(link.trim_start_matches('#')),
            "{link} leads to nothing in {ids:?}"
        );
    }
    assert!(
        list.contains(">[1] *starred</a>")
            && list.contains("><code>kubectl</code> 命令：get</a>")
            && list.contains(">See the docs for more</a>"),
        "{list}"
    );
}

#[test]
fn a_doctoc_block_leads_to_headings_as_well() {
    let block = "<!-- START doctoc generated TOC please keep comment here to allow auto update -->\n<!-- DON'T EDIT THIS SECTION, INSTEAD RE-RUN doctoc TO UPDATE -->\n\n- [old](#old)\n\n<!-- END doctoc generated TOC please keep comment here to allow auto update -->";
    let html = page(&format!("# 标题\n\n{block}\n\n{HEADINGS}"));
    let list = first_list(&html);
    let ids: BTreeSet<&str> = values(&html, "id").into_iter().collect();
    assert!(
        values(list, "href")
            .iter()
            .all(|link| ids.contains(link.trim_start_matches('#'))),
        "{list}"
    );
    assert!(!list.contains("old"));
}

#[test]
fn a_manifest_keeps_its_lines_and_is_inert() {
    let html = page(
        "# 标题\n\n```yaml\napiVersion: v1 # <b>\n\nkind: ConfigMap\ndata:\n  x: |\n    <script>alert(1)</script>\n\n    {{#include y}}\n  \"n\": 1\n```\n\nafter *it*\n",
    );
    assert!(!html.contains("<script>"), "{html}");
    let figure = html.split("<figure").nth(1).expect("a figure");
    assert!(figure.contains("<span class=\"yaml-key\">apiVersion</span><span class=\"yaml-mark\">:</span> <span class=\"yaml-string\">v1</span> <span class=\"yaml-comment\"># &lt;b&gt;</span>\n\n<span class=\"yaml-key\">kind</span>"), "{figure}");
    assert!(
        figure.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "{figure}"
    );
    assert!(html.contains("<p>after <em>it</em></p>"), "{html}");
}

#[test]
fn an_included_manifest_links_to_its_file() {
    let html = rendered(&Shelf::new(&[]), "pods");
    assert!(html.contains("<figure class=\"manifest\" id=\"manifest-web\" data-file=\"manifests/pods/web.yaml\"><figcaption><a class=\"manifest-file\" href=\"manifests/pods/web.yaml\" download"), "{html}");
}

#[test]
fn a_console_tells_commands_from_what_they_print() {
    let html = page(
        "# 标题\n\n```console\n# first\n$ cat <<EOF\n> a & b\n> EOF\na & b\n\n# +30s\n$ false\n? 1\n```\n",
    );
    let block = html
        .split("<div class=\"console\"")
        .nth(1)
        .expect("a block");
    assert!(
        block.contains("<span class=\"console-remark\"># first</span>"),
        "{block}"
    );
    assert!(
        block.contains("data-command=\"cat &lt;&lt;EOF\na &amp; b\nEOF\""),
        "{block}"
    );
    assert!(block.contains("<span class=\"console-output\">a &amp; b</span>\n<span class=\"console-output\"></span>\n<span class=\"console-wait\"># 等待 30s</span>"), "{block}");
    assert!(
        block.contains("<span class=\"console-status\">? 1</span>"),
        "{block}"
    );
}

#[test]
fn blocks_stay_in_their_list_quotation_and_details() {
    let html = page(
        "# 标题\n\n1. one\n\n   ```console\n   $ ls\n\n   a\n   ```\n   same\n2. two\n\n> ```yaml\n> a: 1\n> ```\n> quoted\n\n<details>\n<summary>答案</summary>\n\n```yaml\na: 1\n```\n\nwords\n\n</details>\n\nend\n",
    );
    let item = html
        .split("<li>")
        .nth(1)
        .expect("an item")
        .split("</li>")
        .next()
        .expect("its end");
    assert!(
        item.contains("<div class=\"console\"") && item.contains("same"),
        "{html}"
    );
    let quotation = html
        .split("<blockquote>")
        .nth(1)
        .expect("a quotation")
        .split("</blockquote>")
        .next()
        .expect("its end");
    assert!(
        quotation.contains("<figure") && quotation.contains("quoted"),
        "{html}"
    );
    let details = html
        .split("<details>")
        .nth(1)
        .expect("details")
        .split("</details>")
        .next()
        .expect("their end");
    assert!(
        details.contains("<figure") && details.contains("<p>words</p>"),
        "{html}"
    );
    assert!(html.contains("<p>end</p>"));
}

#[test]
fn a_drawing_speaks_the_language_of_the_reader() {
    let shelf = Shelf::new(&[
        ("src/zh/pods.md", "# 标题\n\n{{#drawing ladder}}\n\n文字\n"),
        (
            "theme/drawings/ladder.svg",
            "<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 9 9\">\n  <marker id=\"arrow\"/>\n\n  <path marker-end=\"url(#arrow)\"/><text>{{top}}</text>\n</svg>\n",
        ),
        (
            "theme/drawings/ladder.toml",
            "title = { zh = \"梯子 & 天\", en = \"Ladder\" }\ndescription = { zh = \"一架梯子\", en = \"A ladder\" }\n[words]\ntop = { zh = \"顶 <\", en = \"top\" }\n",
        ),
    ]);
    let html = rendered(&shelf, "pods");
    let figure = html.split("<figure").nth(1).expect("a figure");
    assert!(
        figure.contains("role=\"img\"")
            && figure.contains(">梯子 &amp; 天</title>")
            && figure.contains(">一架梯子</desc>"),
        "{figure}"
    );
    assert!(
        figure.contains("id=\"ladder-arrow\"")
            && figure.contains("url(#ladder-arrow)")
            && figure.contains("顶 &lt;"),
        "{figure}"
    );
    assert!(
        figure.contains("<figcaption>梯子 &amp; 天</figcaption>") && html.contains("<p>文字</p>"),
        "{html}"
    );
}

#[test]
fn a_page_in_the_other_language_only_is_shown_with_a_notice() {
    let shelf = Shelf::new(&[]);
    shelf.remove("src/zh/rung.md");
    shelf.write(
        "src/zh/SUMMARY.md",
        shelf
            .open()
            .summary(ladder_manifest::Language::Chinese)
            .as_bytes(),
    );
    let html = rendered(&shelf, "rung");
    assert!(
        html.contains("<div class=\"missing-translation\" lang=\"zh-CN\"")
            && html.contains("First Breath"),
        "{html}"
    );
}

#[test]
fn what_is_escaped_is_text() {
    let html = page("# 标题\n\n`\\{{#include x}}`\n\n```console\n$ echo '\\{{#include x}}'\n```\n");
    assert!(
        html.contains("<code>{{#include x}}</code>")
            && html.contains("</span>echo '{{#include x}}'</span>"),
        "{html}"
    );
}
