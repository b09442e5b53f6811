//! `ladder explain`.

use crate::support::Folder;

#[test]
fn a_code_has_a_page_in_both_languages() {
    let folder = Folder::new();
    let english = folder.ladder(&["explain", "unknown-field"]);
    assert!(
        english
            .stdout
            .starts_with("# `unknown-field`: a field that Kubernetes does not know\n"),
        "{english:?}"
    );
    let chinese = folder.ladder(&["explain", "dead-link", "--language", "zh"]);
    assert!(
        chinese.stdout.starts_with("# `dead-link`: 链接"),
        "{chinese:?}"
    );
    assert_eq!((english.status, chinese.status), (Some(0), Some(0)));
}

#[test]
fn a_misspelt_code_leads_to_the_one_that_was_meant() {
    let run = Folder::new().ladder(&["explain", "unknown-feild"]);
    run.is_fault(
        "no finding has the code `unknown-feild`",
        "Did you mean `unknown-field`? `ladder explain` lists all codes.",
    );
}

#[test]
fn a_code_like_no_other_leads_to_the_list() {
    let run = Folder::new().ladder(&["explain", "zzz"]);
    run.is_fault(
        "no finding has the code `zzz`",
        "`ladder explain` lists all codes.",
    );
}

#[test]
fn without_a_code_all_are_listed() {
    let run = Folder::new().ladder(&["explain"]);
    for line in [
        "unknown-kind warning a kind that is not part of Kubernetes",
        "toc-stale error a list is behind",
    ] {
        assert!(
            run.stdout
                .lines()
                .any(|listed| listed.split_whitespace().eq(line.split(' '))),
            "{}",
            run.stdout
        );
    }
}
