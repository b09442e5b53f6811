//! The site as `ladder build` writes it: complete, closed in itself, the same every time, and never half there.

mod build_book;

use build_book::{files, ladder, names, root, run, said, small_book};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The site of the real book, built once for all tests.
static SITE: LazyLock<(TempDir, BTreeMap<String, Vec<u8>>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("book");
    let built = run(
        &root(),
        &["build", "--offline", "--output", &output.to_string_lossy()],
    );
    assert!(built.status.success(), "{}", said(&built));
    assert_eq!(
        names(folder.path()),
        ["book"],
        "nothing is left beside the site"
    );
    let files = files(&output);
    (folder, files)
});

fn site() -> &'static BTreeMap<String, Vec<u8>> {
    &SITE.1
}

/// Names and texts of the site's files with an extension.
fn texts(extension: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = site()
        .iter()
        .filter(move |(name, _)| name.ends_with(extension));
    files.map(|(name, bytes)| (name.as_str(), std::str::from_utf8(bytes).expect("text")))
}

/// The values of an attribute in HTML, or in the HTML within a script.
fn values<'t>(text: &'t str, attribute: &str) -> Vec<&'t str> {
    let start = format!(" {attribute}=\"");
    text.split(&start)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_link_leads_to_a_page_and_a_place_in_it() {
    let ids: BTreeMap<&str, BTreeSet<&str>> = texts(".html")
        .map(|(name, text)| (name, values(text, "id").into_iter().collect()))
        .collect();
    let sidebars = texts(".js").filter(|(name, _)| name.contains("/toc-"));
    let mut links = 0;
    for (name, text) in texts(".html").chain(sidebars) {
        let from_page = values(text, "href").into_iter().chain(values(text, "src"));
        for link in from_page
            .filter(|link| !link.contains(':') && !link.contains("{{") && !link.starts_with("//"))
        {
            let (path, id) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() {
                name.to_owned()
            } else {
                resolved(name, &decoded(path))
            };
            assert!(
                site().contains_key(&target),
                "{name}: {link} leads to {target}, which is not there"
            );
            let place = decoded(id);
            assert!(
                id.is_empty() || ids[target.as_str()].contains(place.as_str()),
                "{name}: {link} leads to no place in {target}"
            );
            links += 1;
        }
    }
    assert!(links > 500, "only {links} links were seen");
}

/// Where a link in a file of the site leads. The page for missing addresses is shown in the folder of a language.
fn resolved(name: &str, path: &str) -> String {
    let base = if name == "404.html" {
        "zh/404.html"
    } else {
        name
    };
    let mut parts: Vec<&str> = base.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => assert!(
                parts.pop().is_some(),
                "{name}: {path} leads out of the site"
            ),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let code = behind
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok())
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        match (first, code) {
            (b'%', Some(byte)) => (bytes.push(byte), rest = &behind[2..]).0,
            _ => (bytes.push(*first), rest = behind).0,
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn nothing_is_loaded_from_another_host() {
    for (name, text) in texts(".html") {
        for tag in text.split('<').filter(|tag| {
            [
                "script", "img", "link", "iframe", "source", "video", "audio", "object", "embed",
            ]
            .iter()
            .any(|loads| tag.starts_with(loads))
        }) {
            let tag = tag.split('>').next().unwrap_or(tag);
            assert!(!tag.contains("//"), "{name} loads <{tag}>");
        }
    }
    for (name, text) in texts(".css") {
        assert!(
            !text.contains("url(http") && !text.contains("url(//") && !text.contains("@import"),
            "{name} loads from elsewhere"
        );
    }
}

#[test]
fn every_page_stands_in_both_languages_and_names_the_other() {
    let pages = |language: &str| -> BTreeSet<&str> {
        texts(".html")
            .filter_map(|(name, _)| name.strip_prefix(language))
            .filter(|name| *name != "toc.html")
            .collect()
    };
    assert_eq!(pages("zh/"), pages("en/"));
    for (folder, tag, other) in [("zh/", "zh-CN", "en"), ("en/", "en", "zh")] {
        for page in pages(folder) {
            let text = std::str::from_utf8(&site()[&format!("{folder}{page}")]).expect("text");
            assert!(
                text.contains(&format!("<html lang=\"{tag}\"")),
                "{folder}{page}"
            );
            assert!(
                text.contains(&format!(
                    "<a class=\"language-switch\" href=\"../{other}/{page}\""
                )),
                "{folder}{page}"
            );
            for (tag, language) in [("zh-CN", "zh"), ("en", "en")] {
                let alternate = format!(
                    "<link rel=\"alternate\" hreflang=\"{tag}\" href=\"../{language}/{page}\">"
                );
                assert!(
                    text.contains(&alternate),
                    "{folder}{page} lacks {alternate}"
                );
            }
        }
    }
}

#[test]
fn the_front_page_lists_every_page_in_both_languages() {
    let front = std::str::from_utf8(&site()["index.html"]).expect("text");
    let order = fs::read_to_string(root().join("src/toc.yaml")).expect("the order");
    let slugs = order
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- "))
        .map(|slug| slug.trim_end_matches(':'));
    for slug in slugs {
        for language in ["zh", "en"] {
            assert!(
                front.contains(&format!("href=\"{language}/{slug}.html\"")),
                "{language}/{slug}"
            );
        }
    }
}

#[test]
fn chinese_pages_have_chinese_words_around_them() {
    let page = std::str::from_utf8(&site()["zh/pods-and-deployments.html"]).expect("text");
    let around = format!(
        "{}{}",
        page.split("<main>").next().expect("a head"),
        page.split("</main>").nth(1).expect("a foot")
    );
    for english in [
        "Previous chapter",
        "Next chapter",
        "Table of Contents",
        "Change theme",
        "Keyboard shortcuts",
        ">Light<",
        ">Rust<",
        "Suggest an edit",
    ] {
        assert!(!around.contains(english), "{english}");
    }
    assert!(around.contains("上一章") && around.contains("下一章"));
}

#[test]
fn the_zip_holds_the_site_without_the_zip() {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&site()["k8s-ladder-offline.zip"]))
        .expect("a zip");
    let packed: BTreeSet<String> = zip
        .file_names()
        .map(|name| name.expect("a name").into_owned())
        .collect();
    let kept = site()
        .keys()
        .filter(|name| !["404.html", "k8s-ladder-offline.zip"].contains(&name.as_str()));
    assert_eq!(
        packed,
        kept.map(|name| format!("k8s-ladder/{name}")).collect()
    );
    let online = std::str::from_utf8(&site()["index.html"]).expect("text");
    let offline = std::io::read_to_string(
        zip.by_name("k8s-ladder/index.html")
            .expect("the front page"),
    )
    .expect("text");
    assert!(online.contains("href=\"k8s-ladder-offline.zip\""));
    assert!(!offline.contains("offline.zip"));
}

#[test]
fn a_first_visit_fits_its_budget() {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&site()["k8s-ladder-offline.zip"]))
        .expect("a zip");
    for (name, text) in texts(".html").filter(|(name, _)| *name != "404.html") {
        let tags = text.split('<').filter(|tag| {
            tag.starts_with("script")
                || tag.starts_with("link rel=\"stylesheet\"")
                || tag.starts_with("link rel=\"icon\"")
        });
        let loaded = tags.flat_map(|tag| {
            values(tag, "src")
                .into_iter()
                .chain(values(tag, "href"))
                .collect::<Vec<_>>()
        });
        let all: BTreeSet<String> = loaded
            .map(|link| resolved(name, link))
            .chain([name.to_owned()])
            .collect();
        let bytes: u64 = all
            .iter()
            .map(|file| {
                zip.by_name(&format!("k8s-ladder/{file}"))
                    .expect("a file")
                    .compressed_size()
            })
            .sum();
        assert!(
            bytes <= 120_000,
            "{name} loads {bytes} bytes in {} files",
            all.len()
        );
    }
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let again = tempfile::tempdir().expect("a temporary folder");
    let output = again.path().join("book");
    let built = run(
        &root(),
        &["build", "--offline", "--output", &output.to_string_lossy()],
    );
    assert!(built.status.success(), "{}", said(&built));
    let again = files(&output);
    let differ: Vec<&String> = again
        .iter()
        .filter(|(name, bytes)| site().get(*name) != Some(bytes))
        .map(|(name, _)| name)
        .collect();
    assert_eq!((again.len(), differ), (site().len(), vec![]));
}

#[test]
fn a_book_with_an_error_leaves_the_last_site() {
    let book = small_book();
    let built = run(book.path(), &["build"]);
    assert!(built.status.success(), "{}", said(&built));
    let (last, beside) = (files(&book.path().join("book")), names(book.path()));

    let manifest = book.path().join("manifests/pods/pod.yaml");
    fs::write(
        &manifest,
        fs::read_to_string(&manifest)
            .expect("a manifest")
            .replace("image:", "imege:"),
    )
    .expect("a manifest");
    let failed = run(book.path(), &["build"]);
    assert_eq!(failed.status.code(), Some(1));
    let said = said(&failed);
    assert!(
        said.contains("unknown-field") && said.contains("manifests/pods/pod.yaml:8:5"),
        "{said}"
    );
    assert!(files(&book.path().join("book")) == last && names(book.path()) == beside);
}

#[test]
fn a_page_that_is_not_translated_is_shown_in_the_other_language() {
    let book = small_book();
    fs::remove_file(book.path().join("src/en/pods.md")).expect("a page");
    assert!(run(book.path(), &["toc"]).status.success());
    let built = run(book.path(), &["build"]);
    assert!(built.status.success(), "{}", said(&built));
    let page = fs::read_to_string(book.path().join("book/en/pods.html")).expect("a page");
    assert!(
        page.contains("missing-translation")
            && page.contains("<html lang=\"en\"")
            && page.contains("容器组")
    );
}

#[test]
fn words_and_line_ends_are_those_of_the_language() {
    let book = small_book();
    assert!(run(book.path(), &["build"]).status.success());
    let page =
        |name: &str| fs::read_to_string(book.path().join("book").join(name)).expect("a page");
    assert!(
        page("zh/pods.html").contains("</svg>说明</p>")
            && page("en/pods.html").contains("</svg>Note</p>")
    );
    assert!(page("zh/index.html").contains("欢迎。谁都欢迎。"));
    assert!(page("zh/pods.html").contains("href=\"../manifests/pods/pod.yaml\""));
}

#[test]
fn a_folder_of_other_things_is_not_replaced() {
    let book = small_book();
    let output = book.path().join("thesis");
    fs::create_dir(&output).expect("a folder");
    fs::write(output.join("chapter.txt"), "years of work").expect("a file");
    let refused = run(book.path(), &["build", "--output", "thesis"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said(&refused).contains("holds something else than a site"),
        "{}",
        said(&refused)
    );
    assert_eq!(names(&output), ["chapter.txt"]);
}

#[test]
fn a_template_that_is_broken_leaves_the_last_site() {
    let book = small_book();
    assert!(run(book.path(), &["build"]).status.success());
    let (last, beside) = (files(&book.path().join("book")), names(book.path()));
    fs::write(book.path().join("theme/front.hbs"), "{{#each rungs}}").expect("a template");
    let failed = run(book.path(), &["build"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(said(&failed).contains("front.hbs"), "{}", said(&failed));
    assert!(files(&book.path().join("book")) == last && names(book.path()) == beside);
}

#[test]
fn ctrl_c_leaves_a_whole_site_and_no_litter() {
    let book = small_book();
    assert!(run(book.path(), &["build"]).status.success());
    let (last, beside) = (files(&book.path().join("book")), names(book.path()));
    for wait in [0, 5, 20, 60, 150, 400] {
        let mut process = ladder(book.path(), &["build", "--offline"])
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the command runs");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        build_book::interrupt(process.id());
        process.wait().expect("it ends");
        let now = files(&book.path().join("book"));
        assert!(
            now.len() == last.len() || now.contains_key("k8s-ladder-offline.zip"),
            "after {wait} ms"
        );
        assert_eq!(names(book.path()), beside, "after {wait} ms");
    }
}

#[test]
fn outside_of_a_book_it_says_where_to_go() {
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    let refused = run(nowhere.path(), &["build"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(names(nowhere.path()), [] as [&str; 0]);
    assert!(said(&refused).contains("book.toml"), "{}", said(&refused));
}
