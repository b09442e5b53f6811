//! What the book promises of itself: it covers its source, and its manifests run on pinned images.
//!
//! Reads the book's own files as they lie in the repository. What a page may contain is checked by `ladder check`.

use ladder_manifest::Version;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn table(path: &str) -> toml::Table {
    read(path)
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn texts(value: &toml::Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_str)
        .collect()
}

#[test]
fn every_covered_heading_of_the_source_has_its_section_in_both_languages() {
    let coverage = table("coverage.toml");
    let headings = coverage["heading"]
        .as_array()
        .expect("coverage.toml lists `[[heading]]`");
    let mut missing = Vec::new();
    for heading in headings {
        let sections = texts(&heading["sections"]);
        assert!(
            !sections.is_empty(),
            "{} names no section",
            heading["heading"]
        );
        for section in sections {
            let (slug, id) = section.split_once('#').unwrap_or((section, ""));
            for language in ["zh", "en"] {
                let page = read(&format!("src/{language}/{slug}.md"));
                if !id.is_empty() && !page.contains(&format!("{{#{id}}}")) {
                    missing.push(format!(
                        "{}: src/{language}/{slug}.md has no section {{#{id}}}",
                        heading["heading"]
                    ));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_chapter_covers_something_of_the_source() {
    let coverage = table("coverage.toml");
    let covered: BTreeSet<&str> = coverage["heading"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|heading| texts(&heading["sections"]))
        .map(|section| section.split('#').next().unwrap_or(section))
        .collect();
    let order = read("src/toc.yaml");
    let chapters = order
        .lines()
        .filter_map(|line| line.strip_prefix("      - "))
        .map(str::trim);
    let uncovered: Vec<&str> = chapters.filter(|slug| !covered.contains(slug)).collect();
    assert!(
        uncovered.is_empty(),
        "in no entry of coverage.toml: {uncovered:?}"
    );
}

#[test]
fn every_image_is_one_of_the_pinned_ones() {
    let versions = table("manifests/versions.toml");
    let images = versions["images"].as_table().expect("a table of images");
    let pinned: BTreeSet<String> = images
        .iter()
        .flat_map(|(name, tags)| {
            texts(tags)
                .into_iter()
                .map(move |tag| format!("{name}:{tag}"))
        })
        .collect();
    let files = walkdir::WalkDir::new(root().join("manifests"))
        .into_iter()
        .filter_map(Result::ok);
    for file in files.filter(|file| {
        file.path()
            .extension()
            .is_some_and(|extension| extension == "yaml")
    }) {
        let text = fs::read_to_string(file.path()).expect("a manifest is text");
        for image in text
            .lines()
            .filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("image:"))
        {
            let image = image.split(" #").next().unwrap_or(image).trim();
            assert!(
                pinned.contains(image),
                "{}: {image} is not in manifests/versions.toml",
                file.path().display()
            );
        }
    }
}

#[test]
fn the_book_is_written_for_the_release_that_the_checker_follows() {
    let versions = table("manifests/versions.toml");
    let supported: Vec<String> = Version::SUPPORTED.iter().map(Version::to_string).collect();
    assert_eq!(
        versions["kubernetes"]["pinned"].as_str(),
        Some(Version::NEWEST.to_string().as_str())
    );
    assert_eq!(texts(&versions["kubernetes"]["supported"]), supported);
}

#[test]
fn the_preface_makes_its_cluster_from_the_pinned_node_image() {
    let image = table("manifests/versions.toml")["kind"]["node-image"]
        .as_str()
        .expect("a text")
        .to_owned();
    for language in ["zh", "en"] {
        assert!(
            read(&format!("src/{language}/index.md")).contains(&image),
            "src/{language}/index.md names another node image"
        );
    }
}

#[test]
fn the_pages_run_on_a_pinned_node_image_of_every_supported_release() {
    let versions = table("manifests/versions.toml");
    let images = texts(&versions["kind"]["node-images"]);
    let release = |image: &&str| {
        image
            .split(":v")
            .nth(1)
            .map(|tag| tag.split('.').take(2).collect::<Vec<_>>().join("."))
    };
    let releases: Vec<String> = images.iter().filter_map(release).collect();
    assert_eq!(releases, texts(&versions["kubernetes"]["supported"]));
    assert!(
        images.iter().all(|image| image.contains("@sha256:")),
        "an image without its digest: {images:?}"
    );
    assert!(images.contains(&versions["kind"]["node-image"].as_str().expect("a text")));
}
