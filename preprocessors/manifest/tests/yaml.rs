//! What is wrong in a YAML, under the place where it is wrong, and what must not take more than it may.

mod support;

use ladder_manifest::yaml::{Value, read};
use ladder_manifest::{Language, Severity};
use support::yaml;

#[test]
fn a_tab_is_no_indentation() {
    yaml(
        "
metadata:
\tname: web
^ error[yaml-syntax] a tab is used as indentation: YAML allows only spaces there
",
    );
}

#[test]
fn a_tab_is_no_indentation_of_a_list() {
    yaml(
        "
spec:
  containers:
\t- name: web
^ error[yaml-syntax] a tab is used as indentation: YAML allows only spaces there
",
    );
}

#[test]
fn a_tab_on_an_empty_line_is_refused_too() {
    yaml(
        "
metadata:
  name: web
\t
^ error[yaml-syntax] a tab is used as indentation: YAML allows only spaces there
spec: {}
",
    );
}

#[test]
fn a_tab_may_indent_within_brackets() {
    yaml(
        "
data: {
\t\"colour\": \"blue\"
}
",
    );
}

#[test]
fn a_key_below_a_value_is_indented_too_deep() {
    yaml(
        "
metadata:
  name: web
    labels: {}
    ^^^^^^ error[yaml-syntax] `labels` is indented below `name`, which has its value already
",
    );
}

#[test]
fn a_line_must_fit_a_line_above_it() {
    yaml("
spec:
  containers:
    - name: web
     image: nginx:1.31
     ^^^^^^^^^^^^^^^^^ error[yaml-syntax] this line is indented by 5 spaces, which fits no line above it
");
}

#[test]
fn a_colon_in_a_text_needs_quotes() {
    yaml("
data:
  message: Hint: read the manual
           ^^^^^^^^^^^^^^^^^^^^^ error[yaml-syntax] a text with a colon and a space in it needs quotes
");
}

#[test]
fn a_colon_after_chinese_needs_quotes_too() {
    yaml(
        "
data:
  提示: 注意: 🚀 先读手册
        ^^^^^^^^^^^^^^^^^ error[yaml-syntax] a text with a colon and a space in it needs quotes
",
    );
}

#[test]
fn text_behind_a_quoted_text_belongs_into_the_quotes() {
    yaml(
        r#"
data:
  message: "Hint" read the manual
                  ^^^^^^^^^^^^^^^ error[yaml-syntax] the text ended at its closing quote, and `read the manual` is left over
"#,
    );
}

#[test]
fn a_quote_within_quotes_closes_them() {
    yaml(
        r#"
data:
  message: "say "hi" twice"
                 ^^^^^^^^^^ error[yaml-syntax] the text ended at the quote " before this: a quote within quotes closes them
"#,
    );
}

#[test]
fn an_apostrophe_closes_single_quotes() {
    yaml("
data:
  message: 'it's late'
               ^^^^^^^ error[yaml-syntax] the text ended at the quote ' before this: a quote within quotes closes them
");
}

#[test]
fn an_open_quote_is_pointed_at_where_it_opens() {
    yaml(
        r#"
data:
  colour: "blue
          ^^^^^ error[yaml-syntax] the quote " that opens here is never closed
  size: large
"#,
    );
}

#[test]
fn an_open_quote_is_found_where_a_later_one_closed_it() {
    yaml(
        r#"
data:
  colour: "blue
          ^^^^^ error[yaml-syntax] the quote " that opens here is never closed
  size: "large"
"#,
    );
}

#[test]
fn an_open_bracket_is_pointed_at() {
    yaml(
        "
spec:
  command: [nginx, -g
           ^ error[yaml-syntax] the bracket `[` is never closed
",
    );
}

#[test]
fn a_bracket_is_closed_by_its_own_kind() {
    yaml(
        "
spec:
  command: [nginx}
           ^ error[yaml-syntax] the bracket `[` is closed with `}`
",
    );
}

#[test]
fn a_bracket_too_many_is_pointed_at() {
    yaml(
        "
spec:
  command: [nginx]]
                  ^ error[yaml-syntax] `]` closes no bracket
",
    );
}

#[test]
fn items_in_brackets_are_parted_by_commas() {
    yaml(
        r#"
{"kind": "Pod"
              ^ error[yaml-syntax] a comma is missing here
 "metadata": {}}
"#,
    );
}

#[test]
fn a_comma_has_something_before_it() {
    yaml(
        "
command: [a, , b]
             ^ error[yaml-syntax] there is nothing before this comma
",
    );
}

#[test]
fn an_asterisk_at_the_beginning_refers_to_an_anchor() {
    yaml("
rules:
  - apiGroups: [*]
                ^ error[yaml-syntax] `*` at the beginning of a value refers to an anchor, and no name follows that could be one
");
}

#[test]
fn a_schedule_of_asterisks_needs_quotes() {
    yaml("
spec:
  schedule: * * * * *
            ^^^^^^^^^ error[yaml-syntax] `*` at the beginning of a value refers to an anchor, and no name follows that could be one
");
}

#[test]
fn an_at_sign_cannot_begin_a_value() {
    yaml(
        "
spec:
  schedule: @daily # at midnight
            ^^^^^^ error[yaml-syntax] a value without quotes cannot begin with @
",
    );
}

#[test]
fn a_percent_sign_cannot_begin_a_value() {
    yaml(
        "
data:
  share: %50
         ^^^ error[yaml-syntax] a value without quotes cannot begin with %
",
    );
}

#[test]
fn a_backtick_cannot_begin_a_value() {
    yaml(
        "
data:
  command: `date`
           ^^^^^^ error[yaml-syntax] a value without quotes cannot begin with `
",
    );
}

#[test]
fn a_template_in_the_place_of_a_value() {
    yaml("
metadata:
  name: {{ .Values.name }}
        ^^^^^^^^^^^^^^^^^^ error[yaml-syntax] `{{ .Values.name }}` is a placeholder of a template that has not been filled in
");
}

#[test]
fn a_template_as_part_of_a_value() {
    yaml("
metadata:
  name: {{ .Values.name }}-web
        ^^^^^^^^^^^^^^^^^^ error[yaml-syntax] `{{ .Values.name }}` is a placeholder of a template that has not been filled in
");
}

#[test]
fn a_template_on_a_line_of_its_own() {
    yaml("
metadata:
  {{- if .Values.labels }}
  ^^^^^^^^^^^^^^^^^^^^^^^^ error[yaml-syntax] `{{- if .Values.labels }}` is a placeholder of a template that has not been filled in
  labels: {}
  {{- end }}
");
}

#[test]
fn a_template_within_a_text_is_text() {
    yaml(
        "
data:
  greeting: hello-{{ name }}
",
    );
}

#[test]
fn a_colon_needs_a_blank_behind_it() {
    yaml(
        "
metadata:
  name:web
      ^ error[yaml-syntax] a space is missing behind the colon
  labels: {}
",
    );
}

#[test]
fn a_full_width_colon_is_no_colon() {
    yaml("
metadata:
  name：网站
      ^^ error[yaml-syntax] `：` is the full-width colon of a Chinese keyboard, which is only text to YAML
  labels: {}
");
}

#[test]
fn a_dash_needs_a_blank_behind_it() {
    yaml(
        "
containers:
  -name: web
  ^ error[yaml-syntax] a space is missing behind the dash
    image: nginx:1.31
",
    );
}

#[test]
fn a_document_mark_has_three_hyphens() {
    yaml(
        "
a: b
--
^^ error[yaml-syntax] `--` is no document mark: documents are parted by a line `---`
c: d
",
    );
}

#[test]
fn a_document_mark_of_one_long_dash() {
    yaml(
        "
a: b
——
^^ error[yaml-syntax] `——` is no document mark: documents are parted by a line `---`
c: d
",
    );
}

#[test]
fn a_document_mark_stands_alone() {
    yaml("
a: b
--- c: d
^^^^^^^^ error[yaml-syntax] a line that begins with `---` parts two documents, and nothing else may stand on it
");
}

#[test]
fn a_text_of_lines_is_indented_below_its_key() {
    yaml("
data:
  page: |
  hello
  ^^^^^ error[yaml-syntax] this line belongs to the text that begins above, and is not indented far enough
");
}

#[test]
fn a_text_of_lines_is_indented_alike() {
    yaml("
data:
  page: |
      hello
    world
    ^^^^^ error[yaml-syntax] this line belongs to the text that begins above, and is not indented far enough
");
}

#[test]
fn only_signs_follow_the_bar() {
    yaml("
data:
  page: | hello
        ^^^^^^^ error[yaml-syntax] behind `|` or `>` only `-`, `+` or an indentation from 1 to 9 may stand, and the text begins on the next line
");
}

#[test]
fn a_list_begins_below_its_key() {
    yaml(
        "
args: - a
      ^^^ error[yaml-syntax] a list cannot begin on the line of its key
",
    );
}

#[test]
fn a_list_item_among_keys() {
    yaml(
        "
metadata:
  name: web
  - app
  ^^^^^ error[yaml-syntax] a list item stands where a key is expected
",
    );
}

#[test]
fn a_key_among_list_items() {
    yaml(
        "
args:
  - a
  b: c
  ^^^^ error[yaml-syntax] a key stands where the next list item (`- `) is expected
",
    );
}

#[test]
fn a_line_without_colon() {
    yaml(
        "
metadata:
  name: web
spec
^^^^ error[yaml-syntax] this line is neither `key: value` nor a list item
",
    );
}

#[test]
fn an_alias_needs_its_anchor_in_the_same_document() {
    yaml("
a: &x 1
---
b: *x
   ^^ error[yaml-syntax] `*x` refers to an anchor that is not set: there is no `&x` above in this document
");
}

#[test]
fn an_alias_cannot_hold_itself() {
    yaml("
a: &x [*x]
       ^^ error[yaml-syntax] this alias stands within the value that it refers to, which would never end
");
}

#[test]
fn an_anchor_has_a_plain_name() {
    yaml("
a: &前端 1
   ^^^^^ error[yaml-syntax] `前端` is no name of an anchor for Kubernetes: only letters, digits, `-` and `_`
");
}

#[test]
fn a_backslash_in_double_quotes_is_an_escape() {
    yaml(
        r#"
data:
  path: "C:\program"
           ^^ error[yaml-syntax] `\p` means nothing within double quotes
"#,
    );
}

#[test]
fn a_directive_is_cut_off() {
    yaml("
%YAML 1.2
^^^^^^^^^ error[yaml-syntax] kubectl cuts the file at `---`, so a line that begins with `%` stands alone and cannot be read
---
a: b
");
}

#[test]
fn a_control_character_is_not_allowed() {
    yaml(
        "
a: b\u{7}c
    ^ error[yaml-syntax] the control character U+0007 is not allowed in YAML
",
    );
}

#[test]
fn infinity_is_no_number_of_json() {
    yaml(
        "
a: .inf
   ^^^^ error[yaml-value] json: unsupported value: +Inf
",
    );
}

#[test]
fn null_is_no_key() {
    yaml(
        "
null: a
^^^^ error[yaml-value] a key is missing: without quotes it is read as null
",
    );
}

#[test]
fn a_list_is_no_key() {
    yaml(
        "
[a]: b
^^^ error[yaml-value] a list or map cannot be a key
",
    );
}

#[test]
fn a_merge_takes_maps() {
    yaml(
        "
<<: 1
    ^ error[yaml-value] map merge requires map or sequence of maps as the value
",
    );
}

#[test]
fn a_tag_must_fit() {
    yaml(
        "
a: !!int b
         ^ error[yaml-value] cannot decode `b` as a !!int
",
    );
}

#[test]
fn a_binary_is_base64() {
    yaml(
        "
a: !!binary 前
            ^^ error[yaml-value] !!binary value contains invalid base64 data
",
    );
}

#[test]
fn a_key_twice_points_to_both() {
    yaml(
        r#"
a: 1
b: 2
a: 3
^ warning[duplicate-key] key "a" already set in map
"#,
    );
}

#[test]
fn each_key_that_stands_there_before_is_found() {
    yaml(
        r#"
a: 1
a: 2
^ warning[duplicate-key] key "a" already set in map
a: 3
^ warning[duplicate-key] key "a" already set in map
"#,
    );
}

#[test]
fn a_merged_key_may_be_set_again() {
    yaml(
        "
a: &x { b: 1 }
c: { <<: *x, b: 2 }
",
    );
}

#[test]
fn an_invisible_blank_before_a_key() {
    yaml(
        "
\u{a0}a: b
^ warning[invisible-character] an invisible character (U+00A0) is part of this text
",
    );
}

#[test]
fn an_invisible_blank_behind_a_value() {
    yaml(
        "
a: 前端\u{3000}
       ^^ warning[invisible-character] an invisible character (U+3000) is part of this text
",
    );
}

#[test]
fn an_invisible_blank_within_a_text_is_meant() {
    yaml(
        "
a: 前\u{3000}端
",
    );
}

#[test]
fn what_follows_the_end_of_a_document_is_lost() {
    yaml(
        "
a: b
...
c: d
^^^^ warning[text-after-end] `...` above ends the document: Kubernetes does not read this
",
    );
}

#[test]
fn a_remark_may_follow_the_end_of_a_document() {
    yaml(
        "
a: b
...
# the end
",
    );
}

#[test]
fn the_next_document_is_read_after_a_mistake() {
    yaml(
        "
a: [
   ^ error[yaml-syntax] the bracket `[` is never closed
---
b: .inf
   ^^^^ error[yaml-value] json: unsupported value: +Inf
",
    );
}

/// The help of the only finding, in both languages.
#[track_caller]
fn helped(text: &str, english: &str, chinese: &str) {
    let findings = read(text).findings;
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(
        findings[0].help(Language::English).as_deref(),
        Some(english)
    );
    assert_eq!(
        findings[0].help(Language::Chinese).as_deref(),
        Some(chinese)
    );
}

#[test]
fn the_help_writes_the_text_with_its_quotes() {
    helped(
        "a: b: c\n",
        "put it in quotes: \"b: c\"",
        "加上引号：\"b: c\"",
    );
}

#[test]
fn the_help_says_which_indentations_would_fit() {
    helped(
        "a:\n    b: 1\n  c: 2\n",
        "indent it as the line that it belongs with: 0 / 4 spaces would fit",
        "和它同级的行对齐：可以缩进 0 / 4 个空格",
    );
}

#[test]
fn the_help_for_a_second_object_is_a_mark() {
    helped(
        "kind: Pod\nkind: Pod\n",
        "if another object begins here, write a line `---` above it: kubectl silently keeps only the last of two",
        "如果从这里开始是另一个对象，就在上面加一行 `---`：不加的话，kubectl 只保留最后一个，而且不会提示",
    );
}

#[test]
fn a_key_twice_is_a_warning_since_kubectl_takes_it() {
    let read = read("a: 1\nb: 2\na: 3\n");
    assert_eq!(read.findings[0].rule.severity, Severity::Warning);
    assert_eq!(read.findings[0].related[0].span, 0..1);
    let root = read.documents[0].root.as_ref().expect("a document");
    assert_eq!(
        root.get("a").map(|node| &node.value),
        Some(&Value::Integer(3))
    );
}

/// The text of every key and value, cut out of the source by its span.
#[track_caller]
fn places(source: &str, path: &[&str], key: &str, value: &str) {
    let read = read(source);
    let mut node = read.documents[0].root.as_ref().expect("a document");
    let mut written = "";
    for name in path {
        let entry = node.entry(name).expect("a key");
        written = &source[entry.key_span.clone()];
        node = &entry.value;
    }
    assert_eq!((written, node.written(source)), (key, value));
}

#[test]
fn places_count_bytes_after_chinese_and_emoji() {
    places(
        "\u{feff}名字: 🚀 # 前端\n'标签': { \"层\": \"前端\" }\n",
        &["标签", "层"],
        "\"层\"",
        "\"前端\"",
    );
}

#[test]
fn a_value_without_quotes_is_shown_as_written() {
    places("on: 0644\n", &["true"], "on", "0644");
}

#[test]
fn a_map_reaches_from_its_first_key_to_its_last_value() {
    places(
        "a:\n  b: 1\n  c: 2  # remark\n\nd: 3\n",
        &["a"],
        "a",
        "b: 1\n  c: 2",
    );
}

#[test]
fn a_list_begins_with_its_dash() {
    places("a:\n- b\n- c\n", &["a"], "a", "- b\n- c");
}

#[test]
fn a_text_of_lines_begins_with_its_sign() {
    places(
        "a: |- # remark\n  前🚀\n  b\n\nc: 1\n",
        &["a"],
        "a",
        "|- # remark\n  前🚀\n  b",
    );
}

#[test]
fn a_value_that_is_not_written_is_behind_its_colon() {
    let read = read("a :\nb: 1\n");
    let root = read.documents[0].root.as_ref().expect("a document");
    assert_eq!(root.get("a").map(|node| node.span.clone()), Some(3..3));
}

#[test]
fn an_alias_is_placed_where_it_stands_and_its_content_where_it_is_written() {
    places("a: &x { b: 1 }\nc: *x\n", &["c"], "c", "*x");
    places("a: &x { b: 1 }\nc: *x\n", &["c", "b"], "b", "1");
}

#[test]
fn the_places_of_a_later_document_count_from_the_beginning_of_the_file() {
    let source = "a: 1\r\n---\r\nb: 前\r\n";
    let read = read(source);
    let root = read.documents[1].root.as_ref().expect("a document");
    assert_eq!(root.get("b").map(|node| node.written(source)), Some("前"));
}

/// Reads what is made to be too much: one finding, and no document.
#[track_caller]
fn too_much(source: &str) {
    let read = read(source);
    assert_eq!(
        read.findings.first().map(|finding| finding.rule.code),
        Some("yaml-limit")
    );
    assert!(
        read.documents
            .iter()
            .all(|document| document.root.is_none())
    );
}

#[test]
fn more_values_than_a_request_can_hold_are_not_read() {
    too_much(&format!("a: [{}]", "1,".repeat(1_500_001)));
}

#[test]
fn aliases_that_multiply_are_stopped() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let alias = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![alias; 10].join(", "));
    }
    too_much(&bomb);
}

#[test]
fn merges_that_multiply_are_stopped() {
    let mut bomb = "a0: &a0 { x: 1 }\n".to_owned();
    for level in 1..40 {
        let below = level - 1;
        bomb += &format!(
            "a{level}: &a{level} {{ l{level}: *a{below}, r{level}: *a{below}, <<: *a{below} }}\n"
        );
    }
    too_much(&bomb);
}

#[test]
fn brackets_may_not_stand_in_one_another_without_end() {
    too_much(&"[".repeat(10_000));
    too_much(&"{a: ".repeat(10_000));
}

#[test]
fn dashes_and_keys_may_not_stand_in_one_another_without_end() {
    too_much(&"- ".repeat(10_000));
    let deep: Vec<String> = (0..1_000)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    too_much(&deep.concat());
}

#[test]
fn aliases_may_not_stand_in_one_another_without_end() {
    let mut chain = "a0: &a0 [x]\n".to_owned();
    for level in 1..300 {
        chain += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
    }
    too_much(&chain);
}

#[test]
fn as_deep_as_allowed_is_read() {
    let text = format!("{}{}", "[".repeat(255), "]".repeat(255));
    assert!(read(&text).findings.is_empty());
    let lines: Vec<String> = (0..255)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    assert!(read(&lines.concat()).findings.is_empty());
}

#[test]
fn a_large_file_is_read_whole() {
    let pod = "- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web\n    labels: { app: 前端, tier: \"x\" }\n";
    let text = format!("kind: List\nitems:\n{}", pod.repeat(2 << 20 >> 6));
    let read = read(&text);
    let items = read.documents[0]
        .root
        .as_ref()
        .and_then(|root| root.get("items"))
        .expect("a list");
    assert_eq!(items.items().len(), 2 << 20 >> 6);
}

#[test]
fn whatever_is_cut_off_is_still_read_without_harm() {
    let text = "a: &x [1, {b: \"前\\u4e2d\"}]\n---\nc: |2-\n    🚀\n  d\n<<: *x\n\t? e\n: 'f''g' # h\n...\n%YAML\n{{ i }}: @j\n";
    let characters: Vec<char> = text.chars().collect();
    for from in 0..characters.len() {
        for until in from..=characters.len() {
            let part: String = characters[from..until].iter().collect();
            for finding in read(&part).findings {
                assert!(
                    part.get(finding.span.clone()).is_some(),
                    "{part:?} {finding:?}"
                );
                for related in finding.related {
                    assert!(part.get(related.span).is_some(), "{part:?}");
                }
            }
        }
    }
}
