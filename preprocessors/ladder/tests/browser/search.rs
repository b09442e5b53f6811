//! Search: what it finds is what stands in the pages, and a reader gets there by typing.

use crate::chromium::{Reader, json};
use crate::server;
use crate::site::{self, Site, WAYS};
use crate::truth::{self, Section};
use headless_chrome::protocol::cdp::Input;
use ladder_manifest::Language;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

/// Asks the page's own search, and gives back the places of the hits of each query.
fn ask(reader: &Reader, queries: &[String]) -> Vec<Vec<String>> {
    let each = "async query => (await ladderSearch(query)).map(hit => `${hit.href}#${hit.id}`)";
    reader.value(&format!("Promise.all({}.map({each}))", json(&queries)))
}

fn assert_same(queries: &[String], answers: Vec<Vec<String>>, truth: impl Fn(&str) -> Vec<String>) {
    assert_eq!(queries.len(), answers.len());
    for (query, answer) in queries.iter().zip(answers) {
        let found: BTreeSet<String> = answer.into_iter().collect();
        let wanted: BTreeSet<String> = truth(query).into_iter().collect();
        let (missing, wrong): (Vec<_>, Vec<_>) = (
            wanted.difference(&found).collect(),
            found.difference(&wanted).collect(),
        );
        assert!(
            missing.is_empty() && wrong.is_empty(),
            "`{query}`: not found: {missing:?}, wrongly found: {wrong:?}"
        );
    }
}

/// `count` runs of `length(n)` characters that all please, spread evenly over the text.
fn cut(
    sections: &[Section],
    count: usize,
    length: impl Fn(usize) -> usize,
    pleases: impl Fn(&[char]) -> bool,
) -> Vec<String> {
    let letters: Vec<char> = sections
        .iter()
        .flat_map(|section| &section.parts)
        .flat_map(|text| text.chars().chain(['\n']))
        .collect();
    let step = letters.len() / count;
    let nearest = |number| {
        letters[number * step..]
            .windows(length(number))
            .find(|run| pleases(run))
            .map(|run| run.iter().collect())
    };
    (0..count).filter_map(nearest).collect()
}

#[test]
fn chinese_finds_every_section_that_holds_it_and_nothing_else() {
    let sections = truth::sections(Language::Chinese);
    let mut queries = cut(
        &sections,
        220,
        |number| 2 + number % 5,
        |run| run.iter().all(|&letter| truth::is_chinese(letter)),
    );
    queries.sort();
    queries.dedup();
    queries.truncate(200);
    assert_eq!(
        queries.len(),
        200,
        "the book is too short to cut strings from"
    );
    for site in &*WAYS {
        let reader = Reader::new();
        reader.open(&site.url("zh/index.html"));
        assert_same(&queries, ask(&reader, &queries), |query| {
            truth::containing(&sections, query)
        });
    }
}

#[test]
fn words_commands_and_mixtures_find_what_they_mean_in_both_languages() {
    let written = [
        "pod",
        "Pods",
        "pull",
        "imagePullPolicy",
        "kubectl get",
        "kubectl  GET\tpods",
        "nginx:1.3",
        "\"kubectl get\"",
        "\"ubectl\"",
        "ubectl",
        "-n",
        "app=",
        "v1",
        "容器 pod",
        "“容器”",
        "Pod是",
        "是Pod",
        "「集群」 kubectl",
        "spec.replicas",
        "/",
        "的",
        "\"",
        "\"unclosed quote",
        "pod pod",
        "İ",
        "Σ",
    ];
    let reader = Reader::new();
    for language in Language::ALL {
        let sections = truth::sections(language);
        let mut queries: Vec<String> = written.iter().map(|&query| query.to_owned()).collect();
        queries.extend(cut(
            &sections,
            60,
            |number| 3 + number % 4,
            |run| run.iter().all(char::is_ascii_alphabetic),
        ));
        queries.extend(cut(
            &sections,
            40,
            |_| 7,
            |run| run.iter().all(|letter| *letter != '\n'),
        ));
        reader.open(&Site::served().url(&format!("{}/index.html", language.code())));
        assert_same(&queries, ask(&reader, &queries), |query| {
            truth::found(&sections, query)
        });
    }
}

#[test]
fn titles_come_before_headings_before_text_before_the_order_of_the_book() {
    let pages = r#"[["a.html","甲"],["b.html","乙 调度"]]"#;
    let sections = r#"[[0,1,"a","甲","调度"],[0,2,"a1","子","调度，再调度"],[0,2,"a2","调度器","说明"],[1,1,"b","乙 调度","说明"],[1,2,"b1","丑","调度"]]"#;
    let reader = Reader::new();
    reader.open(&small_site("ranking", pages, sections));
    let ids: Vec<String> =
        reader.value("ladderSearch('调度').then(hits => hits.map(hit => hit.id))");
    assert_eq!(ids, ["b", "a2", "a1", "a", "b1"]);
}

#[test]
fn a_megabyte_of_text_answers_every_kind_of_query() {
    let mut sections = Vec::new();
    let mut bytes = 0;
    for (round, section) in truth::sections(Language::Chinese)
        .into_iter()
        .collect::<Vec<_>>()
        .iter()
        .cycle()
        .enumerate()
    {
        let [title, text] = &section.parts;
        bytes += title.len() + text.len();
        sections.push((
            0,
            2,
            format!("s{round}"),
            title.clone(),
            format!("{text} {round}"),
        ));
        if bytes > 1_000_000 {
            break;
        }
    }
    let reader = Reader::new();
    reader.open(&small_site(
        "megabyte",
        r#"[["a.html","甲"]]"#,
        &json(&sections),
    ));
    let queries = [
        "容器",
        "的",
        "e",
        "pod",
        "containerPort",
        "kubectl get",
        "Pod与Deployment",
        "不在书里的字",
    ];
    // How long one takes is printed, for whoever asks with --nocapture; what is found is what counts.
    let measured: Vec<(usize, f64)> = reader.value(&format!(
        "(async () => {{ const all = []; for (const query of {}) {{ let hits; const each = []; for (let n = 0; n < 60; n += 1) {{ \
         const start = performance.now(); hits = await ladderSearch(query); each.push(performance.now() - start) }} \
         all.push([hits.length, Math.min(...each)]) }} return all }})()",
        json(&queries)
    ));
    for (query, (hits, milliseconds)) in queries.iter().zip(&measured) {
        println!("{query}: {milliseconds:.2} ms on {bytes} bytes");
        assert_eq!(*hits > 0, *query != "不在书里的字", "{query}: {hits} hits");
    }
}

#[test]
fn the_index_is_small_when_it_travels() {
    for language in Language::ALL {
        let text: usize = truth::sections(language)
            .iter()
            .flat_map(|section| &section.parts)
            .map(String::len)
            .sum();
        let index = fs::read(
            Site::served()
                .folder
                .join(language.code())
                .join("search-index.js"),
        )
        .expect("the index is written");
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("index", zip::write::SimpleFileOptions::default())
            .and_then(|()| Ok(zip.write_all(&index)?))
            .expect("memory takes it");
        let packed = zip.finish().expect("memory takes it").into_inner().len();
        println!(
            "{}: {text} bytes of text, {} of index, {packed} compressed",
            language.code(),
            index.len()
        );
        assert!(
            packed * 10 <= text * 7,
            "{}: {packed} bytes compressed for {text} bytes of text",
            language.code()
        );
    }
}

/// A page with nothing but the search, over an index of its own.
fn small_site(name: &str, pages: &str, sections: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("search")
        .join(name);
    let script =
        fs::read_to_string(site::book().join("theme/search.js")).expect("the script is there");
    let files = [
        ("search.js", script),
        ("search-index.js", format!("(window.ladderSearchIndex ??= {{}}).zh = {{\"pages\":{pages},\"sections\":{sections}}};")),
        ("index.html", "<!doctype html><html lang=zh-CN><meta charset=utf-8><link rel=icon href='data:,'><ladder-search></ladder-search><script src=search.js></script>".to_owned()),
    ];
    fs::create_dir_all(&folder).expect("a folder can be made");
    for (file, text) in files {
        fs::write(folder.join(file), text).expect("a file can be written");
    }
    format!("{}index.html", server::serve(folder))
}

/// Opens the box by a key, and waits until what was typed is answered.
fn search_for(reader: &Reader, query: &str) {
    reader.press("/");
    reader.wait("document.querySelector('ladder-search dialog').open && document.activeElement.matches('ladder-search input')");
    reader.type_text(query);
    reader.wait(&format!(
        "document.querySelector('ladder-search input').value === {}",
        json(&query)
    ));
    reader.wait("document.querySelector('.ladder-search-state').textContent.match(/[^…]$/)");
}

#[test]
fn typing_and_enter_open_the_section_with_the_words_marked() {
    for site in &*WAYS {
        for (page, query) in [
            ("zh/index.html", "滚动更新"),
            ("en/index.html", "rolling update"),
        ] {
            let reader = Reader::new();
            reader.open(&site.url(page));
            search_for(&reader, query);
            reader.wait("document.querySelectorAll('[role=option]').length > 1");
            let unmarked: Vec<String> = reader.value("[...document.querySelectorAll('[role=option]')].filter(option => !option.querySelector('mark')).map(option => option.textContent)");
            assert!(
                unmarked.is_empty(),
                "hits of {query} that do not show why: {unmarked:?}"
            );
            reader.press("ArrowDown");
            let wanted: String =
                reader.value("document.querySelector('[role=option][aria-selected=true]').href");
            let second: String = reader.value("document.querySelectorAll('[role=option]')[1].href");
            assert_eq!(wanted, second);
            reader.press("Enter");
            reader.wait(&format!(
                "location.href === {} && document.readyState === 'complete'",
                json(&wanted)
            ));
            reader.wait("document.querySelectorAll('main mark').length > 0");
            let words: Vec<String> = reader.value("[...document.querySelectorAll('main mark')].map(mark => mark.textContent.toLowerCase())");
            let marked = |word: &String| {
                query
                    .split(' ')
                    .any(|term| term.starts_with(word.as_str()) || word.starts_with(term))
            };
            assert!(words.iter().all(marked), "{query} marks {words:?}");
            let top: f64 = reader.value("document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top");
            assert!(
                (-1.0..900.0).contains(&top),
                "the section is out of sight: {top}"
            );
            reader.assert_quiet(&site.home);
        }
    }
}

#[test]
fn a_hit_in_a_folded_solution_unfolds_it_and_no_other() {
    let reader = Reader::new();
    let page = Site::served().url("zh/pods-and-deployments.html");
    reader.open(&format!("{page}?mark=kubectl#exercise-orphans"));
    let open: Vec<String> = reader.value(
        "[...document.querySelectorAll('main details')].filter(details => details.open)\
         .map(details => [...document.querySelectorAll('main [id]:is(h2, h3)')].findLast(heading => heading.compareDocumentPosition(details) & 4).id)",
    );
    assert_eq!(open, ["exercise-orphans"]);
}

#[test]
fn data_that_does_not_load_is_told_and_not_waited_for() {
    let reader = Reader::new();
    let url = small_site("broken", "[]", "[]");
    fs::write(
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("search/broken/search-index.js"),
        "",
    )
    .expect("a file can be written");
    reader.open(&url);
    search_for(&reader, "容器");
    reader.wait(
        "document.querySelector('.ladder-search-state').textContent.startsWith('搜索数据载入失败')",
    );
}

#[test]
fn marks_go_away_and_leave_the_page_as_it_was() {
    let reader = Reader::new();
    reader.open(&Site::served().url("zh/pods-and-deployments.html"));
    let plain: String = reader.value("document.querySelector('main').innerHTML");
    reader.open(&Site::served().url("zh/pods-and-deployments.html?mark=kubectl%20Pod%20%E7%9A%84"));
    let marks: usize = reader.value("document.querySelectorAll('main mark').length");
    assert!(marks > 10, "only {marks} marks");
    reader.click(".ladder-search-bar button");
    assert!(reader.value::<bool>(
        "location.search === '' && !document.querySelector('main mark, .ladder-search-bar')"
    ));
    let left: String = reader.value("document.querySelector('main').innerHTML");
    let differs = plain
        .bytes()
        .zip(left.bytes())
        .position(|(one, other)| one != other);
    assert!(
        plain == left,
        "the page is not as it was: …{}",
        String::from_utf8_lossy(&left.as_bytes()[differs.unwrap_or(0)..])
            .chars()
            .take(200)
            .collect::<String>()
    );
}

#[test]
fn what_this_language_lacks_is_offered_from_the_other() {
    let (chinese, english) = (
        truth::sections(Language::Chinese),
        truth::sections(Language::English),
    );
    let lacking = |query: &String| truth::found(&chinese, query).is_empty();
    let words = cut(
        &english,
        200,
        |_| 9,
        |run| run[0] == ' ' && run[8] == ' ' && run[1..8].iter().all(char::is_ascii_lowercase),
    );
    let word = words
        .iter()
        .map(|word| word.trim().to_owned())
        .find(lacking)
        .expect("some English word is in no Chinese page");
    for site in &*WAYS {
        let reader = Reader::new();
        reader.open(&site.url("zh/index.html"));
        search_for(&reader, &word);
        reader.wait("document.querySelectorAll('[role=option]').length > 0");
        let labels: BTreeSet<String> = reader.value("[...document.querySelectorAll('[role=option]')].map(option => `${option.lang} ${option.querySelector('.ladder-search-language').textContent}`)");
        assert_eq!(labels.into_iter().collect::<Vec<_>>(), ["en English"]);
        reader.press("Enter");
        reader.wait("document.documentElement.lang === 'en' && document.querySelectorAll('main mark').length > 0");
        reader.assert_quiet(&site.home);
    }
}

#[test]
fn what_is_nowhere_is_said_to_be_nowhere() {
    let reader = Reader::new();
    reader.open(&Site::served().url("zh/index.html"));
    search_for(&reader, "qqxqq");
    reader.wait("document.querySelector('.ladder-search-state').textContent.includes('中文版和英文版里都没有“qqxqq”')");
    reader.press("Enter");
    assert!(reader.value::<bool>("document.querySelector('ladder-search dialog').open && !document.querySelector('[role=option]')"));
}

#[test]
fn letters_of_an_input_method_are_not_searched_for() {
    let reader = Reader::new();
    reader.open(&Site::served().url("zh/index.html"));
    search_for(&reader, "集群");
    let options = "[...document.querySelectorAll('[role=option]')].map(option => option.href)";
    let before: Vec<String> = reader.value(options);
    reader.call(Input::ImeSetComposition {
        text: "rong qi".into(),
        selection_start: 7,
        selection_end: 7,
        replacement_start: None,
        replacement_end: None,
    });
    reader.wait("document.querySelector('ladder-search input').value === '集群rong qi'");
    assert_eq!(
        reader.value::<Vec<String>>(options),
        before,
        "a search ran while the input method was composing"
    );
    reader.call(Input::InsertText {
        text: "容器".into(),
    });
    reader.wait("document.querySelector('ladder-search input').value === '集群容器'");
    reader.wait(&format!(
        "JSON.stringify({options}) !== {}",
        json(&json(&before))
    ));
}

#[test]
fn the_box_fits_a_phone() {
    let reader = Reader::new();
    reader.resize(360, 740);
    reader.open(&Site::served().url("en/index.html"));
    search_for(&reader, "kubectl get pods");
    reader.wait("document.querySelectorAll('[role=option]').length > 0");
    let edges: [f64; 4] = reader.value("(({ left, top, right, bottom }) => [left, top, 360 - right, 740 - bottom])(document.querySelector('ladder-search dialog').getBoundingClientRect())");
    assert!(
        edges.iter().all(|&edge| edge >= 0.0),
        "beyond the screen: {edges:?}"
    );
    let wide: bool = reader.value("[...document.querySelectorAll('ladder-search dialog *')].some(element => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)");
    assert!(!wide, "something in the box is cut off");
}

#[test]
fn the_keys_of_the_box_do_not_turn_pages() {
    let reader = Reader::new();
    reader.open(&Site::served().url("en/pods-and-deployments.html"));
    reader.click("ladder-search > button");
    reader.wait("document.activeElement.matches('ladder-search input')");
    reader.type_text("s/pod?");
    for key in ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Escape"] {
        reader.press(key);
    }
    reader.wait("!document.querySelector('ladder-search dialog').open");
    assert_eq!(
        reader.value::<String>("document.querySelector('ladder-search input').value"),
        "s/pod?"
    );
    assert!(reader.value::<bool>("location.pathname.endsWith('/en/pods-and-deployments.html')"));
    let name: String =
        reader.value("document.querySelector('ladder-search > button').getAttribute('aria-label')");
    assert_eq!(name, "Search");
}
