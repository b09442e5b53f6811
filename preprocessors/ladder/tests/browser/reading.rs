//! Reading: every page opens, keeps to itself, fits a phone, and leads where it says.

use crate::chromium::Reader;
use crate::site::{self, Site, WAYS};
use headless_chrome::protocol::cdp::Emulation;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

const CHAPTER: &str = "pods-and-deployments";

#[test]
fn every_page_opens_in_silence_and_fits_a_phone() {
    for site in &*WAYS {
        let reader = Reader::new();
        reader.resize(360, 740);
        let pages = site.pages();
        assert!(
            pages.len() > 12,
            "a book of five chapters in two languages has more pages than {pages:?}"
        );
        for page in pages {
            reader.open(&site.url(&page));
            let language: String = reader.value("document.documentElement.lang");
            assert_eq!(
                language,
                if page.starts_with("en/") {
                    "en"
                } else {
                    "zh-CN"
                },
                "{page}"
            );
            assert!(
                reader.value::<usize>("document.body.innerText.trim().length") > 100,
                "{page} is empty"
            );
            let wide: Vec<String> = reader.value(
                "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) <= 360 ? [] : [...document.querySelectorAll('body *')]\
                 .filter(element => element.getBoundingClientRect().right > 361).map(element => element.outerHTML.slice(0, 120))",
            );
            assert!(
                wide.is_empty(),
                "{page} is wider than a phone: {}",
                wide.join("\n")
            );
        }
        reader.assert_quiet(&site.home);
    }
}

#[test]
fn every_link_of_every_page_leads_to_a_file_and_a_place_in_it() {
    let site = Site::served();
    let reader = Reader::new();
    let mut dead = BTreeSet::new();
    let mut texts = BTreeMap::new();
    for page in site.pages() {
        reader.open(&site.url(&page));
        let links: Vec<String> = reader.value("[...document.links].map(link => link.href)");
        for link in links
            .iter()
            .filter_map(|link| link.strip_prefix(&site.home))
        {
            let link = decoded(link);
            let (path, id) = link.split_once('#').unwrap_or((&link, ""));
            let text = texts.entry(path.to_owned()).or_insert_with(|| {
                fs::read(site.folder.join(path))
                    .ok()
                    .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            });
            let lives = text
                .as_ref()
                .is_some_and(|text| id.is_empty() || text.contains(&format!("id=\"{id}\"")));
            if !lives {
                dead.insert(format!("{page} → {link}"));
            }
        }
    }
    assert!(
        dead.is_empty(),
        "dead links:\n{}",
        dead.into_iter().collect::<Vec<_>>().join("\n")
    );
}

/// An address as it was before its Chinese letters became `%E5…`.
fn decoded(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let code = after
            .get(..2)
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(b'%'));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    bytes.extend(rest.bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn the_front_page_leads_to_each_chapter_in_both_languages_and_to_the_zip() {
    let order =
        fs::read_to_string(site::book().join("src/toc.yaml")).expect("the book has an order");
    let slugs: Vec<&str> = order
        .lines()
        .map(|line| line.trim().trim_start_matches("- ").trim_end_matches(':'))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let reader = Reader::new();
    for site in &*WAYS {
        reader.open(&site.url("index.html"));
        let links: Vec<String> =
            reader.value("[...document.links].map(link => link.getAttribute('href'))");
        for page in ["zh", "en"].iter().flat_map(|language| {
            slugs
                .iter()
                .map(move |slug| format!("{language}/{slug}.html"))
        }) {
            assert!(links.contains(&page), "no link to {page} in {links:?}");
        }
    }
    reader.open(&Site::served().url("index.html"));
    let zips: usize = reader.value(
        "[...document.links].filter(link => link.href.endsWith('k8s-ladder-offline.zip')).length",
    );
    assert!(zips > 0, "the front page does not offer the zip");
}

#[test]
fn the_language_switch_keeps_page_and_section() {
    for site in &*WAYS {
        let reader = Reader::new();
        reader.open(&site.url(&format!("zh/{CHAPTER}.html")));
        let id: String = reader.value("document.querySelectorAll('main h2[id]')[3].id");
        reader.open(&site.url(&format!("zh/{CHAPTER}.html#{id}")));
        for (language, folder) in [("en", "en"), ("zh-CN", "zh")] {
            reader.click(".language-switch");
            reader.wait(&format!("document.documentElement.lang === '{language}' && document.readyState === 'complete'"));
            let address: String = reader.value("location.href");
            assert_eq!(address, site.url(&format!("{folder}/{CHAPTER}.html#{id}")));
            let top: f64 = reader.value(
                "document.getElementById(location.hash.slice(1)).getBoundingClientRect().top",
            );
            assert!(
                (-1.0..600.0).contains(&top),
                "the section is out of sight: {top}"
            );
        }
        reader.assert_quiet(&site.home);
    }
}

#[test]
fn pages_tell_search_engines_of_their_translation() {
    let reader = Reader::new();
    for (page, language, other) in [("zh", "en", "en"), ("en", "zh-CN", "zh")] {
        reader.open(&Site::served().url(&format!("{page}/{CHAPTER}.html")));
        let link: String = reader.value(&format!(
            "document.querySelector('link[rel=alternate][hreflang={language}]').href"
        ));
        assert_eq!(link, Site::served().url(&format!("{other}/{CHAPTER}.html")));
    }
}

#[test]
fn a_console_block_copies_its_commands_and_nothing_else() {
    let page = fs::read_to_string(site::book().join(format!("src/zh/{CHAPTER}.md")))
        .expect("the chapter is there");
    for site in &*WAYS {
        let reader = Reader::new();
        reader.open(&site.url(&format!("zh/{CHAPTER}.html")));
        let copied: Vec<String> = reader.value(
            "(async () => { const copied = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { copied.push(text) } } });\
             for (const button of document.querySelectorAll('.console .copy-button')) { button.click(); await new Promise(done => setTimeout(done, 5)) } return copied })()",
        );
        assert_eq!(copied, commands_of(&page));
        reader.assert_quiet(&site.home);
    }
}

/// What a reader would type of each console block: what stands behind `$ ` and `> `.
fn commands_of(page: &str) -> Vec<String> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    let mut inside = false;
    for line in page.lines().map(str::trim_start) {
        if line.starts_with("```") {
            inside = line.starts_with("```console");
            blocks.extend(inside.then(Vec::new));
        } else if let (true, Some(block)) = (inside, blocks.last_mut()) {
            block.extend(
                line.strip_prefix("$ ")
                    .or_else(|| line.strip_prefix("> "))
                    .map(str::trim_end),
            );
        }
    }
    blocks
        .iter()
        .filter(|commands| !commands.is_empty())
        .map(|commands| commands.join("\n"))
        .collect()
}

#[test]
fn a_page_can_be_read_without_script() {
    let reader = Reader::new();
    reader.call(Emulation::SetScriptExecutionDisabled { value: true });
    for (page, words) in [("zh", "这一章"), ("en", "this chapter")] {
        reader.open_unseen(&Site::served().url(&format!("{page}/{CHAPTER}.html")));
        let text = reader.text_of("main");
        assert!(
            text.contains(words) && text.contains("console-command") && text.contains("<svg"),
            "the chapter is not all there: {text}"
        );
        reader.text_of(".language-switch");
        reader.text_of("noscript iframe, .sidebar");
    }
    reader.open_unseen(&Site::served().url("index.html"));
    assert!(
        reader
            .text_of("body")
            .contains(&format!("zh/{CHAPTER}.html"))
    );
}
