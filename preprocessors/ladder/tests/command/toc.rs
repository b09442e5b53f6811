//! `ladder toc`.

use crate::support::Folder;

#[test]
fn lists_that_are_fresh_stay_as_they_are() {
    let folder = Folder::book();
    let before = folder.all();
    let run = folder.ladder(&["toc"]);
    assert_eq!(
        (run.status, run.stdout.as_str(), run.stderr.as_str()),
        (Some(0), "", "all lists are up to date\n")
    );
    assert_eq!(folder.all(), before);
    assert_eq!(folder.ladder(&["toc", "--check"]).status, Some(0));
}

#[test]
fn a_new_title_makes_a_list_stale_until_it_is_written() {
    let folder = Folder::book();
    folder.replace("src/en/settings.md", "# Settings\n", "# All settings\n");
    let before = folder.all();
    let check = folder.ladder(&["toc", "--check"]);
    assert_eq!(check.status, Some(1));
    assert!(check.stdout.contains("error[toc-stale]"), "{check:?}");
    assert!(
        check.stdout.contains(" --> src/en/SUMMARY.md:8:1\n"),
        "{check:?}"
    );
    assert_eq!(folder.all(), before, "--check writes nothing");
    folder.finds(&[], &["toc-stale src/en/SUMMARY.md:8:1"]);
    assert_eq!(folder.ladder(&["toc"]).stdout, "wrote src/en/SUMMARY.md\n");
    assert!(
        folder
            .read("src/en/SUMMARY.md")
            .contains("[All settings](settings.md)")
    );
    folder.finds(&[], &[]);
}

#[test]
fn readme_gets_the_list_in_both_languages() {
    let folder = Folder::book();
    folder.write(
        "README.md",
        "# Book\n\n<!-- START ladder toc -->\n<!-- END ladder toc -->\n\nMore.\n",
    );
    folder.ladder(&["toc"]);
    let expected = "# Book\n\n<!-- START ladder toc -->\n\n- [炼气](src/zh/first-breath.md) / [First breath](src/en/first-breath.md)\n  - [设置](src/zh/settings.md) / [Settings](src/en/settings.md)\n\n<!-- END ladder toc -->\n\nMore.\n";
    assert_eq!(folder.read("README.md"), expected);
}

#[test]
fn an_order_that_cannot_be_read_leaves_all_lists_alone() {
    let folder = Folder::book();
    folder.write("src/toc.yaml", "- first-breath: [");
    let before = folder.all();
    let run = folder.ladder(&["toc"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.starts_with("error[toc-format]"), "{run:?}");
    assert_eq!(folder.all(), before);
}

#[cfg(unix)]
#[test]
fn a_list_that_is_rewritten_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::book();
    let list = folder.path("src/en/SUMMARY.md");
    std::fs::set_permissions(&list, std::fs::Permissions::from_mode(0o640)).expect("permissions");
    folder
        .replace("src/en/settings.md", "# Settings\n", "# All settings\n")
        .ladder(&["toc"]);
    let mode = std::fs::metadata(&list)
        .expect("the list")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
}
