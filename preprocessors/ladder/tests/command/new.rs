//! `ladder new`.

use crate::support::Folder;

#[test]
fn a_new_chapter_is_without_a_finding() {
    let folder = Folder::book();
    let run = folder.ladder(&["new", "config-maps"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(
        run.stdout,
        "src/zh/config-maps.md\nsrc/en/config-maps.md\nmanifests/config-maps/config-maps.yaml\n"
    );
    let order = "# The order.\n- first-breath:\n    - settings # the first\n    - config-maps\n";
    assert_eq!(folder.read("src/toc.yaml"), order);
    assert!(
        folder
            .read("src/en/SUMMARY.md")
            .contains("  - [Config maps](config-maps.md)\n")
    );
    let check = folder.ladder(&["check", "--deny", "warnings"]);
    assert_eq!((check.status, check.stdout.as_str()), (Some(0), ""));
}

#[test]
fn a_chapter_goes_to_the_rung_that_is_named() {
    let folder = Folder::book();
    folder.write(
        "src/toc.yaml",
        "- first-breath:\n    - settings\n- foundation:\n",
    );
    for language in ["zh", "en"] {
        folder.write(&format!("src/{language}/foundation.md"), "# Foundation\n");
    }
    folder.ladder(&["new", "jobs"]);
    folder.ladder(&["new", "volumes", "--rung", "first-breath"]);
    let order = "- first-breath:\n    - settings\n    - volumes\n- foundation:\n    - jobs\n";
    assert_eq!(folder.read("src/toc.yaml"), order);
    folder.finds(&[], &[]);
}

/// Nothing is changed, and the two lines are said.
#[track_caller]
fn refused(folder: &Folder, arguments: &[&str], what: &str, to_do: &str) {
    let before = folder.all();
    folder
        .ladder(&[&["new"], arguments].concat())
        .is_fault(what, to_do);
    assert_eq!(folder.all(), before);
}

#[test]
fn a_name_that_cannot_be_an_address_is_refused() {
    for slug in ["Config", "a--b", "a-", "../a", "a/b", "配置", ""] {
        refused(
            &Folder::book(),
            &[slug],
            &format!(
                "`{slug}` cannot be part of an address: only lower-case letters, digits and single hyphens between them can"
            ),
            "Write English words in lower case with hyphens between them, such as `jobs-and-cronjobs`.",
        );
    }
}

#[test]
fn a_name_that_the_site_uses_is_refused() {
    refused(
        &Folder::book(),
        &["index"],
        "`index` is the name of a page that the site makes itself",
        "Choose another name.",
    );
}

#[test]
fn a_page_that_is_there_is_not_overwritten() {
    let folder = Folder::book();
    folder.write("src/en/jobs.md", "# Mine\n");
    refused(
        &folder,
        &["jobs"],
        "`src/en/jobs.md` is there already",
        "Choose another name, or go on writing there: nothing was changed.",
    );
}

#[test]
fn a_chapter_that_stands_in_the_order_is_not_added_again() {
    refused(
        &Folder::book(),
        &["settings"],
        "`settings` stands in src/toc.yaml already",
        "Take that line out first, or choose another name: nothing was changed.",
    );
}

#[test]
fn a_rung_that_is_not_there_is_refused() {
    refused(
        &Folder::book(),
        &["jobs", "--rung", "summit"],
        "src/toc.yaml has no rung `summit`",
        "Use one of these: first-breath. For a new rung, add a line `- summit:` to src/toc.yaml first.",
    );
}

#[test]
fn an_order_in_brackets_is_left_to_its_author() {
    let folder = Folder::book();
    folder.write("src/toc.yaml", "- first-breath: [settings]\n");
    refused(
        &folder,
        &["jobs"],
        "src/toc.yaml is not laid out so that a line can be added to it",
        "Write a rung as `- first-breath:` with its chapters below it, each on its own line as `    - jobs`; nothing was changed.",
    );
}

#[test]
fn where_one_file_cannot_be_written_none_is() {
    let folder = Folder::book();
    folder.write("manifests/jobs", "a file where the folder should be\n");
    let before = folder.all();
    let run = folder.ladder(&["new", "jobs"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert_eq!(folder.all(), before);
}
