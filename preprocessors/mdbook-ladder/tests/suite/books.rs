//! Small books with one mistake each: what is found, in which file, at which line and column.

use crate::shelf::{CHINESE, ENGLISH, MANIFEST, Shelf, said};
use mdbook_ladder::check::{self, Options};
use std::path::Path;

/// Checks the right book with some files otherwise.
#[track_caller]
fn finds(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(Shelf::new(files).findings(), expected);
}

/// Checks the right book with something added to the end of the page in both languages; expects a finding in both.
#[track_caller]
fn finds_in_both(added: &str, expected: &str) {
    let [chinese, english] = [CHINESE, ENGLISH].map(|page| format!("{page}\n{added}"));
    let expected = ["en", "zh"].map(|language| format!("src/{language}/pods.md:{expected}"));
    assert_eq!(
        Shelf::new(&[("src/zh/pods.md", &chinese), ("src/en/pods.md", &english)]).findings(),
        expected
    );
}

#[test]
fn a_right_book_has_no_findings() {
    let shelf = Shelf::new(&[]);
    let checked = shelf.open().check(&Options::default()).expect("readable");
    assert_eq!(said(&checked), [""; 0]);
    assert_eq!((checked.files, checked.manifests), (7, 1));
}

// Manifests

#[test]
fn a_mistake_in_an_included_manifest_is_found_once_and_in_its_own_file() {
    finds(
        &[(
            "manifests/pods/web.yaml",
            &MANIFEST.replace("image:", "imagee:"),
        )],
        &["manifests/pods/web.yaml:8:7 unknown-field `imagee`"],
    );
}

#[test]
fn a_manifest_that_no_page_includes_is_checked() {
    finds(
        &[(
            "manifests/pods/other.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspce: {}\n",
        )],
        &["manifests/pods/other.yaml:4:1 unknown-field `spce`"],
    );
}

#[test]
fn a_mistake_in_a_fence_is_found_in_the_page() {
    finds_in_both(
        "```yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  namee: y\n```\n",
        "19:3 unknown-field `namee`",
    );
}

#[test]
fn a_fence_in_a_list_is_indented() {
    finds_in_both(
        "1. 步骤\n\n   ```yaml\n   apiVersion: v1\n   kind: ConfigMap\n   metadata:\n     namee: y\n     name: x\n   ```\n",
        "20:6 unknown-field `namee`",
    );
}

#[test]
fn an_included_manifest_in_a_list_is_found_in_its_own_file() {
    let list = "1. 步骤\n\n   ```yaml\n   {{#include ../../other/x.yaml}}\n   ```\n";
    let [chinese, english] = [CHINESE, ENGLISH].map(|page| format!("{page}\n{list}"));
    let other = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  namee: y\n  name: x\n";
    finds(
        &[
            ("src/zh/pods.md", &chinese),
            ("src/en/pods.md", &english),
            ("other/x.yaml", other),
        ],
        &["other/x.yaml:4:3 unknown-field `namee`"],
    );
}

#[test]
fn a_page_with_windows_line_breaks_has_the_same_places() {
    let page = |page: &str| {
        format!("{page}\n```yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  namee: y\n```\n").replace('\n', "\r\n")
    };
    finds(
        &[
            ("src/zh/pods.md", &page(CHINESE)),
            ("src/en/pods.md", &page(ENGLISH)),
        ],
        &[
            "src/en/pods.md:19:3 unknown-field `namee`",
            "src/zh/pods.md:19:3 unknown-field `namee`",
        ],
    );
}

#[test]
fn a_byte_order_mark_moves_nothing() {
    let page = |page: &str| {
        format!(
            "\u{feff}{page}\n```yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  namee: y\n```\n"
        )
    };
    finds(
        &[
            ("src/zh/pods.md", &page(CHINESE)),
            ("src/en/pods.md", &page(ENGLISH)),
        ],
        &[
            "src/en/pods.md:19:3 unknown-field `namee`",
            "src/zh/pods.md:19:3 unknown-field `namee`",
        ],
    );
}

#[test]
fn yaml_that_is_no_manifest_is_checked_as_yaml() {
    finds_in_both("```yaml\na: 1\na: 2\n```\n", "16:1 duplicate-key `a`");
}

#[test]
fn a_part_of_an_object_is_checked_at_its_place() {
    finds_in_both(
        "```yaml,fragment=Deployment.spec.template.spec\ncontainerz: []\n```\n",
        "15:1 unknown-field `containerz`",
    );
}

#[test]
fn an_attribute_without_meaning() {
    finds_in_both(
        "```yaml,expct=unknown-field\na: 1\n```\n",
        "14:9 fence-attribute `expct=unknown-field`",
    );
}

#[test]
fn a_manifest_that_is_not_checked_needs_a_reason() {
    finds_in_both(
        "```yaml,ignore\na: [\n```\n",
        "14:4 ignore-without-reason `yaml,ignore`",
    );
}

#[test]
fn a_reason_right_before_is_one() {
    let page = |page: &str| format!("{page}\n<!-- a template -->\n```yaml,ignore\na: [\n```\n");
    finds(
        &[
            ("src/zh/pods.md", &page(CHINESE)),
            ("src/en/pods.md", &page(ENGLISH)),
        ],
        &[],
    );
}

#[test]
fn a_finding_that_is_expected_is_none() {
    let page = |page: &str| {
        format!(
            "{page}\n```yaml,expect=unknown-field\napiVersion: v1\nkind: Pod\nmetadata: {{ name: x }}\nspce: {{}}\n```\n"
        )
    };
    finds(
        &[
            ("src/zh/pods.md", &page(CHINESE)),
            ("src/en/pods.md", &page(ENGLISH)),
        ],
        &[],
    );
}

#[test]
fn a_finding_that_is_expected_and_does_not_come() {
    finds_in_both(
        "```yaml,expect=unknown-field\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n```\n",
        "14:16 expect-unmet `unknown-field`",
    );
}

#[test]
fn a_finding_beside_the_expected_one() {
    let fence = "```yaml,expect=unknown-field\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namee: x }\nmetadata: { name: x, namee: y }\n```\n";
    let [chinese, english] = [CHINESE, ENGLISH].map(|page| format!("{page}\n{fence}"));
    let found =
        Shelf::new(&[("src/zh/pods.md", &chinese), ("src/en/pods.md", &english)]).findings();
    assert_eq!(found.len(), 4, "{found:#?}");
    assert!(
        found[0].contains("14:16 expect-unmet") && found[1].contains("duplicate-key"),
        "{found:#?}"
    );
}

#[test]
fn a_file_that_pages_show_as_wrong_is_expected_to_be() {
    let page = |page: &str| page.replace("```yaml", "```yaml,expect=unknown-field");
    finds(
        &[
            ("src/zh/pods.md", &page(CHINESE)),
            ("src/en/pods.md", &page(ENGLISH)),
            (
                "manifests/pods/web.yaml",
                &MANIFEST.replace("image:", "imagee:"),
            ),
        ],
        &[],
    );
}

// Includes

#[test]
fn an_include_without_a_file() {
    finds_in_both(
        "{{#include nowhere.md}}\n",
        "14:12 include-missing `nowhere.md`",
    );
}

#[test]
fn an_include_without_a_file_in_a_fence_is_one_mistake() {
    finds_in_both(
        "```yaml\n{{#include nowhere.yaml}}\n```\n",
        "15:12 include-missing `nowhere.yaml`",
    );
}

#[test]
fn an_include_that_leaves_the_book() {
    finds_in_both(
        "{{#include ../../../secret}}\n",
        "14:12 include-outside `../../../secret`",
    );
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_that_leaves_the_book() {
    let outside = tempfile::NamedTempFile::new().expect("a file");
    let shelf = Shelf::new(&[
        ("src/zh/index.md", "# 前言\n\n{{#include link}}\n"),
        ("src/en/index.md", "# Preface\n"),
    ]);
    std::os::unix::fs::symlink(outside.path(), shelf.root().join("src/zh/link")).expect("a link");
    assert_eq!(
        shelf.findings(),
        ["src/zh/index.md:3:12 include-outside `link`"]
    );
}

#[test]
fn a_part_that_is_not_there() {
    finds_in_both(
        "{{#include ../../manifests/pods/web.yaml:spec}}\n",
        "14:12 include-part `../../manifests/pods/web.yaml:spec`",
    );
}

#[test]
fn files_that_include_each_other() {
    finds(
        &[
            ("src/zh/index.md", "# 前言\n\n{{#include ../a.txt}}\n"),
            ("src/en/index.md", "# Preface\n\n{{#include ../a.txt}}\n"),
            ("src/a.txt", "{{#include b.txt}}"),
            ("src/b.txt", "x\n{{#include a.txt}}"),
        ],
        &["src/b.txt:2:12 include-loop `a.txt`"],
    );
}

#[test]
fn an_escaped_include_is_text() {
    let page = |title: &str| format!("# {title}\n\n`\\{{{{#include nowhere.md}}}}`\n");
    finds(
        &[
            ("src/zh/index.md", &page("前言")),
            ("src/en/index.md", &page("Preface")),
        ],
        &[],
    );
}

// Consoles

#[test]
fn output_before_the_first_command() {
    finds_in_both(
        "```console\npod/web created\n```\n",
        "15:1 console-format `pod/web created`",
    );
}

#[test]
fn a_quote_that_is_not_closed() {
    finds_in_both("```console\n$ echo 'a\n```\n", "15:8 console-format `'`");
}

#[test]
fn more_shell_than_a_block_may_use() {
    finds_in_both(
        "```console\n$ kubectl get pods && echo\n```\n",
        "15:20 console-shell `&&`",
    );
}

#[test]
fn a_block_that_is_only_shown_may_use_any_shell() {
    let page = |page: &str| format!("{page}\n```console,norun\n$ curl -L x | sh && echo\n```\n");
    finds(
        &[
            ("src/zh/pods.md", &page(CHINESE)),
            ("src/en/pods.md", &page(ENGLISH)),
        ],
        &[],
    );
}

#[test]
fn a_command_whose_manifest_is_not_there() {
    finds_in_both(
        "```console\n$ kubectl get pods\n$ kubectl delete --filename=wbe.yaml\n```\n",
        "16:29 manifest-not-found `wbe.yaml`",
    );
}

#[test]
fn one_of_several_files_in_quotes_is_not_there() {
    finds_in_both(
        "```console\n$ kubectl apply -f web.yaml,前.yaml\n```\n",
        "15:29 manifest-not-found `前.yaml`",
    );
    finds_in_both(
        "```console\n$ kubectl apply -f='前.yaml'\n```\n",
        "15:17 manifest-not-found `-f='前.yaml'`",
    );
}

#[test]
fn a_file_that_the_page_writes_is_there() {
    let page = |page: &str| {
        format!(
            "{page}\n```console\n$ cat > own.yaml <<EOF\n> kind: x\n> EOF\n$ kubectl apply -f own.yaml\n$ kubectl logs -f web\n$ kubectl apply -f - <<EOF\n> kind: Pod\n> EOF\n```\n"
        )
    };
    finds(
        &[
            ("src/zh/pods.md", &page(CHINESE)),
            ("src/en/pods.md", &page(ENGLISH)),
        ],
        &[],
    );
}

// Pairs

#[test]
fn a_heading_that_one_language_lacks() {
    finds(
        &[(
            "src/en/pods.md",
            &ENGLISH.replace("```yaml", "## More {#more}\n\n```yaml"),
        )],
        &["src/en/pods.md:5:1 pair-headings `## More {#more}`"],
    );
}

#[test]
fn headings_with_different_ids() {
    finds(
        &[("src/en/pods.md", &ENGLISH.replace("{#start}", "{#begin}"))],
        &["src/en/pods.md:3:1 pair-headings `## Start {#begin}`"],
    );
}

#[test]
fn a_manifest_that_one_language_lacks() {
    finds(
        &[(
            "src/en/pods.md",
            &ENGLISH.replace("{{#include ../../manifests/pods/web.yaml}}", "a: 1"),
        )],
        &["src/zh/pods.md:6:12 pair-manifests `../../manifests/pods/web.yaml`"],
    );
}

#[test]
fn a_command_that_differs() {
    finds(
        &[(
            "src/en/pods.md",
            &ENGLISH.replace("kubectl apply", "kubectl create"),
        )],
        &["src/en/pods.md:10:1 pair-commands `$ kubectl create -f web.yaml`"],
    );
}

#[test]
fn a_heading_without_an_id() {
    finds_in_both("## 更多\n", "14:1 heading-id `## 更多`");
}

#[test]
fn an_id_that_stands_twice() {
    finds_in_both("## 更多 {#start}\n", "14:1 duplicate-id `## 更多 {#start}`");
}

#[test]
fn a_page_without_a_title() {
    finds(
        &[
            ("src/zh/index.md", "前言\n"),
            ("src/en/index.md", "Preface\n"),
        ],
        &[
            "src/en/index.md:1:1 page-title ``",
            "src/zh/index.md:1:1 page-title ``",
        ],
    );
}

// Order and lists

#[test]
fn a_page_in_one_language() {
    let shelf = Shelf::new(&[]);
    shelf.remove("src/en/rung.md");
    let shown: Vec<_> = shelf.findings();
    assert_eq!(
        shown[0],
        "src/en/SUMMARY.md:7:1 toc-stale `- [First Breath](rung.md)`"
    );
    assert_eq!(shown[1..], ["src/toc.yaml:1:3 page-missing `rung`"]);
}

#[test]
fn an_entry_without_a_page() {
    finds(
        &[("src/toc.yaml", "- rung:\n    - pods\n    - ghost\n")],
        &["src/toc.yaml:3:7 toc-without-page `ghost`"],
    );
}

#[test]
fn a_page_that_no_list_leads_to() {
    finds(
        &[
            ("src/en/lost.md", "# Lost\n"),
            ("src/zh/lost.md", "# 丢失\n"),
        ],
        &[
            "src/en/lost.md:1:1 page-unlisted ``",
            "src/zh/lost.md:1:1 page-unlisted ``",
        ],
    );
}

#[test]
fn an_order_that_is_no_yaml() {
    let shelf = Shelf::new(&[]);
    shelf.write("src/toc.yaml", b"- rung:\n    - pods\n  - x: [\n");
    assert!(
        shelf
            .findings()
            .iter()
            .any(|found| found.starts_with("src/toc.yaml:3:") && found.contains("toc-format")),
        "{:#?}",
        shelf.findings()
    );
}

#[test]
fn a_summary_that_is_behind() {
    let shelf = Shelf::new(&[]);
    shelf.write("src/zh/rung.md", "# 筑基\n".as_bytes());
    assert_eq!(
        shelf.findings(),
        ["src/zh/SUMMARY.md:7:1 toc-stale `- [炼气](rung.md)`"]
    );
}

#[test]
fn a_summary_that_is_not_there() {
    let shelf = Shelf::new(&[]);
    shelf.remove("src/zh/SUMMARY.md");
    assert_eq!(shelf.findings(), ["src/toc.yaml:1:1 toc-stale ``"]);
}

#[test]
fn a_bilingual_list_that_is_behind() {
    finds(
        &[(
            "README.md",
            "# Book\n\n<!-- START ladder toc -->\n<!-- END ladder toc -->\n",
        )],
        &["README.md:4:1 toc-stale `<!-- END ladder toc -->`"],
    );
}

// Links

#[test]
fn a_link_to_nothing() {
    finds_in_both("[x](nowhere.md)\n", "14:5 dead-link `nowhere.md`");
}

#[test]
fn a_link_that_minds_no_capitals() {
    finds_in_both(
        "[x](../../manifests/pods/Web.yaml)\n",
        "14:5 dead-link `../../manifests/pods/Web.yaml`",
    );
}

#[test]
fn a_link_to_a_heading_that_is_not_there() {
    finds_in_both(
        "[x](rung.md#nowhere)\n",
        "14:5 dead-anchor `rung.md#nowhere`",
    );
    finds_in_both("[x](#nowhere)\n", "14:5 dead-anchor `#nowhere`");
}

#[test]
fn links_that_lead_somewhere() {
    let page = |page: &str| {
        format!(
            "{page}\n[a](rung.md) [b](#start) [c](../zh/pods.md#start) [d](https://kubernetes.io/x.md) [e](mailto:x@y) [f](manifests/pods/web.yaml) [g](index.html) [h](#%E5%BC%80)\n\n<a id=\"开\"></a>\n"
        )
    };
    finds(
        &[
            ("src/zh/pods.md", &page(CHINESE)),
            ("src/en/pods.md", &page(ENGLISH)),
        ],
        &[],
    );
}

// Drawings

#[test]
fn a_drawing_that_is_not_there() {
    finds_in_both(
        "{{#drawing ladder}}\n",
        "14:1 drawing `{{#drawing ladder}}`",
    );
}

#[test]
fn a_drawing_that_lacks_a_word() {
    let page = |page: &str| format!("{page}\n{{{{#drawing ladder}}}}\n");
    finds(
        &[
            ("src/zh/pods.md", &page(CHINESE)),
            ("src/en/pods.md", &page(ENGLISH)),
            (
                "theme/drawings/ladder.svg",
                "<svg viewBox=\"0 0 9 9\"><text>{{top}}</text></svg>",
            ),
            (
                "theme/drawings/ladder.toml",
                "title = { zh = \"梯\", en = \"Ladder\" }\ndescription = { zh = \"梯\", en = \"Ladder\" }\n",
            ),
        ],
        &[
            "src/en/pods.md:14:1 drawing `{{#drawing ladder}}`",
            "src/zh/pods.md:14:1 drawing `{{#drawing ladder}}`",
        ],
    );
}

#[test]
fn a_drawing_within_a_line() {
    finds_in_both(
        "see {{#drawing ladder}} and `{{#drawing this}}`\n",
        "14:5 drawing `{{#drawing ladder}}`",
    );
}

// Files that are not what they should be

#[test]
fn a_page_that_is_no_utf8() {
    let shelf = Shelf::new(&[]);
    shelf.write(
        "src/zh/rung.md",
        &["# 炼气\n".as_bytes(), b"\xff\n"].concat(),
    );
    let found = shelf.findings();
    assert!(
        matches!(&found[..], [only] if only.starts_with("src/zh/rung.md:2:1 not-utf8")),
        "{found:#?}"
    );
}

#[cfg(unix)]
#[test]
fn folders_that_link_to_themselves_end() {
    let shelf = Shelf::new(&[]);
    std::os::unix::fs::symlink(
        shelf.root().join("manifests"),
        shelf.root().join("manifests/pods/again"),
    )
    .expect("a link");
    assert_eq!(shelf.findings(), [""; 0]);
}

#[test]
fn ten_megabytes_of_anything_are_read_to_the_end() {
    for piece in [
        "段落 and plain words with [one link](https://x.y) in a line that goes on and on and on and on and on and on\n\n",
        "{{#a ",
        "\n> $ ",
    ] {
        let text = format!(
            "# x\n\n```console\n$ x <<EOF\n{}",
            piece.repeat(10_000_000 / piece.len())
        );
        let checked = check::check_file(Path::new("x.md"), text.as_bytes(), &Options::default());
        assert_eq!(checked.files, 1, "{piece:?}");
    }
}

// A file by itself

#[test]
fn a_page_outside_of_a_book_is_checked_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("notes.md");
    let text =
        "notes\n\n```yaml\napiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspce: {}\n```\n";
    std::fs::write(&file, text).expect("a file");
    let checked = check::check_file(&file, text.as_bytes(), &Options::default());
    assert_eq!(
        said(&checked),
        [format!("{}:7:1 unknown-field `spce`", file.display())]
    );
}

#[test]
fn a_page_of_a_book_by_itself_finds_its_includes() {
    let shelf = Shelf::new(&[(
        "manifests/pods/web.yaml",
        &MANIFEST.replace("image:", "imagee:"),
    )]);
    let file = shelf.root().join("src/zh/pods.md");
    let checked = check::check_file(&file, CHINESE.as_bytes(), &Options::default());
    assert_eq!(
        said(&checked),
        [format!(
            "{}:8:7 unknown-field `imagee`",
            shelf.root().join("manifests/pods/web.yaml").display()
        )]
    );
}

#[test]
fn a_wrong_file_by_itself_is_as_wrong_as_its_pages_say() {
    let wrong = MANIFEST.replace("image:", "imagee:");
    let page = |page: &str| page.replace("```yaml", "```yaml,expect=unknown-field");
    let shelf = Shelf::new(&[
        ("src/zh/pods.md", &page(CHINESE)),
        ("src/en/pods.md", &page(ENGLISH)),
        ("manifests/pods/web.yaml", &wrong),
    ]);
    let file = shelf.root().join("manifests/pods/web.yaml");
    assert_eq!(
        said(&check::check_file(
            &file,
            wrong.as_bytes(),
            &Options::default()
        )),
        [""; 0]
    );
}

#[test]
fn standard_input_is_a_manifest() {
    let checked = check::check_file(
        Path::new("-"),
        b"apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspce: {}\n",
        &Options::default(),
    );
    assert_eq!(said(&checked), ["-:4:1 unknown-field `spce`"]);
}
