// Search: the element <ladder-search> (a button and the box that it opens), and the marks in the page that a hit opens.
//
// Owns how a query is read and what it finds; `search-index.js` beside the pages holds the text of every section, written
// when the book is built. A classic script without fetch or modules, so that it works from file:// too.
//
// There is no list of words: a megabyte of text is scanned in a millisecond, and what is found is by construction exactly
// what contains the query, whatever a word may be in Chinese.
//
//   window.ladderSearch(query, language) → Promise of hits, best first; the language of the page where none is named.
"use strict";
(function () {

// ---- Words of the interface

const WORDS = {
    zh: {
        name: "中文",
        open: "搜索",
        placeholder: "搜索全书：词语、命令、字段名",
        close: "关闭",
        hint: "空格隔开的词都要出现；引号里的按原样找",
        keys: [["↑ ↓", "选择"], ["Enter", "打开"], ["Esc", "关闭"]],
        loading: "正在载入……",
        failed: "搜索数据载入失败。请刷新页面；如果读的是离线版，请确认压缩包已完整解开。",
        found: (count) => `找到 ${count} 节`,
        first: (count) => `，先列出前 ${count} 节；多写一个词可以缩小范围`,
        none: (query) => `中文版里没有“${query}”`,
        nowhere: (query) => `中文版和英文版里都没有“${query}”。换个说法，或者少写几个字试试。`,
        elsewhere: (count) => `，英文版里有 ${count} 节：`,
        marked: (query, count) => `“${query}”：本页标出 ${count} 处`,
        clear: "清除标记",
    },
    en: {
        name: "English",
        open: "Search",
        placeholder: "Search the book: words, commands, field names",
        close: "Close",
        hint: "All words must occur; \"quotes\" search to the letter",
        keys: [["↑ ↓", "choose"], ["Enter", "open"], ["Esc", "close"]],
        loading: "Loading…",
        failed: "The search data did not load. Reload the page; if this is the offline copy, check that the whole zip was unpacked.",
        found: (count) => (count === 1 ? "1 section" : `${count} sections`),
        first: (count) => `, the best ${count} are listed; one more word narrows it down`,
        none: (query) => `Nothing in English for “${query}”`,
        nowhere: (query) => `Nothing in English or Chinese for “${query}”. Try another word, or fewer letters of it.`,
        elsewhere: (count) => `, but ${count === 1 ? "1 section" : `${count} sections`} in Chinese:`,
        marked: (query, count) => `“${query}”: marked ${count === 1 ? "once" : `${count} times`} on this page`,
        clear: "Clear marks",
    },
};

const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const otherLanguage = language === "zh" ? "en" : "zh";
const words = WORDS[language];

// ---- Reading a query

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const WORD = /[\p{Alphabetic}\p{N}]/u;

// Whether a letter or digit is of a script that puts blanks between its words. ASCII is decided without the slow classes.
function isLatin(character) {
    const code = character.charCodeAt(0);
    if (code < 0x80) return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
    return WORD.test(character) && !CJK.test(character);
}

// Lower case, letter for letter: a place in the result is the same place in the text.
const folded = (text) => text.replaceAll("İ", "i").replaceAll("Σ", "σ").toLowerCase();

// The terms of a query, all of which must occur. A term is found as it stands, with two niceties: outside of quotes a Latin
// one begins where a word begins, also inside camelCase; and between Chinese and Latin a space is of no account, since half
// of the world writes `Pod 网络` and the other half `Pod网络`. Hence a term's parts: its runs of Chinese and of Latin.
function readQuery(query) {
    const terms = new Map();
    for (const [, straight, curly, corner, plain] of query.matchAll(/"([^"]*)"?|“([^”]*)”?|「([^」]*)」?|(\S+)/gu)) {
        const quoted = plain === undefined;
        const text = folded((plain ?? straight ?? curly ?? corner).trim().replace(/\s+/gu, " "));
        if (text === "") continue;
        const wordStart = !quoted && isLatin(text[0]);
        terms.set(`${wordStart} ${text}`, { parts: partsOf(text), wordStart });
    }
    return [...terms.values()];
}

function partsOf(text) {
    const parts = [];
    let before = "";
    for (const character of text) {
        const border = (CJK.test(before) && isLatin(character)) || (isLatin(before) && CJK.test(character));
        if (border || parts.length === 0) parts.push("");
        parts[parts.length - 1] += character;
        before = character;
    }
    return parts;
}

// ---- Finding terms in a text

// Calls `found(start, end)` for every place of the term, from left to right. `lower` is the folded `text`.
function eachPlace(text, lower, term, found) {
    const [first, ...rest] = term.parts;
    let start = lower.indexOf(first);
    while (start >= 0) {
        const end = term.wordStart && !startsWord(text, start) ? -1 : endOfRest(lower, start + first.length, rest);
        if (end >= 0) found(start, end);
        start = lower.indexOf(first, end >= 0 ? end : start + 1);
    }
}

function endOfRest(lower, end, rest) {
    for (const part of rest) {
        if (lower[end] === " ") end += 1;
        if (!lower.startsWith(part, end)) return -1;
        end += part.length;
    }
    return end;
}

// Whether a word begins here: after anything but a Latin letter or digit, or at a hump: image|Pull|Policy, HTTP|Server, 128|Mi.
function startsWord(text, place) {
    const before = text[place - 1];
    if (before === undefined || !isLatin(before)) return true;
    const isUpper = (character) => character >= "A" && character <= "Z";
    const isLower = (character) => character >= "a" && character <= "z";
    return isUpper(text[place]) && (!isUpper(before) || isLower(text[place + 1] ?? ""));
}

// All places of all terms, from left to right, none overlapping another.
function placesOf(text, lower, terms) {
    const places = [];
    terms.forEach((term, which) => eachPlace(text, lower, term, (start, end) => places.push({ start, end, which })));
    places.sort((one, other) => one.start - other.start || other.end - one.end);
    let reached = 0;
    return places.filter((place) => {
        if (place.start < reached) return false;
        reached = place.end;
        return true;
    });
}

// ---- The text of a language

const texts = new Map();

// Loads the text of a language on its first use; after a failure, on the next.
function textOf(code, root) {
    if (!texts.has(code)) {
        const folder = code === language ? root : `${root}../${code}/`;
        const text = loaded(`${folder}search-index.js`).then(() => prepared(window.ladderSearchIndex[code], folder));
        text.catch(() => texts.delete(code));
        texts.set(code, text);
    }
    return texts.get(code);
}

function loaded(url) {
    return new Promise((resolve, reject) => {
        const script = element("script", { src: url });
        script.onload = resolve;
        script.onerror = () => reject(new Error(`cannot load ${script.src}`));
        document.head.append(script);
    });
}

// One long text of all sections, so that a term is looked for once: title, line end, text, line end, and so on.
// No term contains a line end, so nothing is found across.
function prepared(index, folder) {
    const sections = [];
    const above = [];
    let start = 0;
    for (const [page, level, id, title, text] of index.sections) {
        const [href, pageTitle] = index.pages[page];
        above.length = level > 1 ? Math.min(above.length, level - 1) : 0;
        const path = above.filter(Boolean);
        above[Math.max(level, 1) - 1] = title;
        const section = { url: folder + href, href, pageTitle, level, id, title, text, path, start };
        section.textStart = start + title.length + 1;
        start = section.textStart + text.length + 1;
        sections.push(section);
    }
    const text = sections.map((section) => `${section.title}\n${section.text}\n`).join("");
    return { sections, text, lower: folded(text) };
}

// ---- Answering

const IN_PAGE_TITLE = 10000;
const IN_HEADING = 1000;
const SIDE_BY_SIDE = 500;
const PART_IN_HEADING = 100;
const MOST_PLACES = 99; // that count

// The sections that hold every term. Best are those with all of them in the page's title, then in the heading, then those with
// the words side by side as they were typed, then with some in the heading, then with more places; else they keep the order of
// the book.
function answer(book, query, code) {
    const terms = readQuery(query);
    if (terms.length === 0) return [];
    const counts = terms.map((term) => countsOf(book, term)).reduce(both);
    const phrase = { parts: partsOf(folded(query.trim().replace(/\s+/gu, " "))), wordStart: false };
    const together = terms.length > 1 ? countsOf(book, phrase) : new Map();
    const hits = [...counts].map(([number, { inHeading, places }]) => {
        const section = book.sections[number];
        const all = section.level === 1 ? IN_PAGE_TITLE : IN_HEADING;
        const heading = inHeading === terms.length ? all : inHeading * PART_IN_HEADING;
        return { number, section, score: heading + (together.has(number) ? SIDE_BY_SIDE : 0) + Math.min(places, MOST_PLACES) };
    });
    hits.sort((one, other) => other.score - one.score || one.number - other.number);
    return hits.map(({ section, score }) => hitOf(section, score, query, code));
}

// For each section with the term: in how many places it stands, and (1 or 0) whether the heading is one of them.
function countsOf(book, term) {
    const counts = new Map();
    let number = 0;
    eachPlace(book.text, book.lower, term, (start) => {
        while (number + 1 < book.sections.length && book.sections[number + 1].start <= start) number += 1;
        if (!counts.has(number)) counts.set(number, { inHeading: start < book.sections[number].textStart ? 1 : 0, places: 0 });
        counts.get(number).places += 1;
    });
    return counts;
}

function both(counts, others) {
    const kept = new Map();
    for (const [number, { inHeading, places }] of counts) {
        const other = others.get(number);
        if (other) kept.set(number, { inHeading: inHeading + other.inHeading, places: places + other.places });
    }
    return kept;
}

function hitOf(section, score, query, code) {
    const { href, pageTitle, id, title, path, text, level } = section;
    const fragment = id === "" ? "" : `#${encodeURIComponent(id)}`;
    const url = `${section.url}?mark=${encodeURIComponent(query)}${fragment}`;
    return { language: code, href, id, url, page: pageTitle, title: title || pageTitle, path, text, level, score };
}

window.ladderSearch = async function (query, code = language) {
    const root = document.querySelector("ladder-search")?.getAttribute("root") ?? "";
    return answer(await textOf(code, root), query, code);
};

// ---- Showing a hit

const TEASER = 150; // columns; a Chinese character takes two

// The piece of the text in which most of the terms stand, with marks.
function teaser(text, terms) {
    const places = placesOf(text, folded(text), terms);
    const [from, to] = windowOf(text, places, terms.length);
    const piece = document.createDocumentFragment();
    if (from > 0) piece.append("… ");
    appendMarked(piece, text, from, to, places);
    if (to < text.length) piece.append(" …");
    return piece;
}

function windowOf(text, places, all) {
    let best = 0;
    let most = 0;
    for (const place of places) {
        const end = endOfColumns(text, place.start, TEASER * 0.75);
        const seen = new Set(places.filter(({ start }) => start >= place.start && start < end).map(({ which }) => which)).size;
        if (seen > most) [best, most] = [place.start, seen];
        if (most === all || places.length > 200) break;
    }
    let from = best;
    for (let columns = 0; from > 0 && columns < TEASER * 0.25; from -= 1) columns += CJK.test(text[from - 1]) ? 2 : 1;
    const space = text.indexOf(" ", from);
    if (from > 0 && space >= 0 && space < Math.min(best, from + 16)) from = space + 1;
    const to = endOfColumns(text, from, TEASER);
    const last = text.lastIndexOf(" ", to);
    return [from, to < text.length && last > to - 16 && last > best ? last : to];
}

function endOfColumns(text, from, limit) {
    let end = from;
    for (let columns = 0; end < text.length && columns < limit; end += 1) columns += CJK.test(text[end]) ? 2 : 1;
    return end;
}

function marked(text, terms) {
    const piece = document.createDocumentFragment();
    appendMarked(piece, text, 0, text.length, placesOf(text, folded(text), terms));
    return piece;
}

function appendMarked(parent, text, from, to, places) {
    let reached = from;
    for (const { start, end } of places) {
        if (end <= from || start >= to) continue;
        parent.append(text.slice(reached, Math.max(start, from)), element("mark", {}, text.slice(Math.max(start, from), Math.min(end, to))));
        reached = Math.min(end, to);
    }
    parent.append(text.slice(reached, to));
}

function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
}

// ---- The element

const MOST = 50; // hits that are listed
const LENS = '<svg viewBox="0 0 16 16" width="1em" height="1em" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" aria-hidden="true"><circle cx="6.7" cy="6.7" r="4.7"/><path d="m10.3 10.3 4.2 4.2"/></svg>';

class LadderSearch extends HTMLElement {
    connectedCallback() {
        if (this.dialog) return;
        this.root = this.getAttribute("root") ?? "";
        this.asked = 0;
        this.build();
        this.listen();
    }

    build() {
        this.button = element("button", { type: "button", class: "icon-button", title: `${words.open} (/)`, "aria-label": words.open, "aria-keyshortcuts": "/ s Control+K", "aria-haspopup": "dialog" });
        this.button.innerHTML = LENS;
        this.input = element("input", {
            type: "search", role: "combobox", placeholder: words.placeholder, "aria-label": words.placeholder, "aria-controls": "ladder-search-results",
            "aria-expanded": "false", "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
        });
        this.closer = element("button", { type: "button", class: "ladder-search-close", "aria-label": words.close }, "Esc");
        this.state = element("p", { class: "ladder-search-state", role: "status" });
        this.list = element("div", { id: "ladder-search-results", class: "ladder-search-results", role: "listbox", "aria-label": words.open });
        const keys = words.keys.map(([key, does]) => element("span", {}, element("kbd", {}, key), ` ${does}`));
        const hint = element("p", { class: "ladder-search-hint" }, element("span", {}, words.hint), ...keys);
        const lens = element("span", { class: "ladder-search-lens" });
        lens.innerHTML = LENS;
        this.dialog = element("dialog", { class: "ladder-search-dialog", "aria-label": words.open },
            element("div", { class: "ladder-search-box" }, lens, this.input, this.closer), this.state, this.list, hint);
        this.append(this.button, this.dialog);
    }

    listen() {
        this.button.addEventListener("click", () => this.open());
        this.closer.addEventListener("click", () => this.dialog.close());
        this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
        this.dialog.addEventListener("keydown", (event) => this.pressed(event));
        // While an input method composes, the box holds letters that nobody wants to find.
        this.input.addEventListener("input", (event) => event.isComposing || this.search());
        this.input.addEventListener("compositionend", () => this.search());
        document.addEventListener("keydown", (event) => {
            if (opens(event) && !this.dialog.open) {
                event.preventDefault();
                this.open();
            }
        });
    }

    open() {
        this.dialog.showModal();
        this.input.focus();
        this.input.select();
        textOf(language, this.root).catch(() => {}); // loads while the reader types; a failure is told when it matters
        if (this.input.value !== this.shown) this.search();
    }

    // Keys of the box. None of them reaches mdBook, which would turn pages on arrows.
    pressed(event) {
        event.stopPropagation();
        if (event.isComposing || event.keyCode === 229) return;
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step && this.list.children.length > 0) {
            event.preventDefault();
            this.choose((this.chosen + step + this.options.length) % this.options.length);
        } else if (event.key === "Enter" && event.target === this.input) {
            event.preventDefault();
            const { ctrlKey, metaKey, shiftKey } = event;
            this.options?.[this.chosen]?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
        } else if (event.key === "Escape" || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
            event.preventDefault(); // Escape would empty the field first
            this.dialog.close();
        }
    }

    async search() {
        const query = this.input.value.trim();
        const asked = (this.asked += 1);
        const late = () => asked !== this.asked;
        this.shown = this.input.value;
        if (query === "") return this.show([], query, "");
        try {
            if (!this.ready) this.state.textContent = words.loading;
            let hits = answer(await textOf(language, this.root), query, language);
            this.ready = true;
            let state = words.found(hits.length) + (hits.length > MOST ? words.first(MOST) : "");
            if (hits.length === 0 && !late()) {
                hits = answer(await textOf(otherLanguage, this.root), query, otherLanguage);
                state = hits.length === 0 ? words.nowhere(query) : words.none(query) + words.elsewhere(hits.length);
            }
            if (!late()) this.show(hits, query, state);
        } catch {
            if (!late()) this.show([], query, words.failed);
        }
    }

    show(hits, query, state) {
        const terms = readQuery(query);
        this.state.textContent = state;
        this.options = hits.slice(0, MOST).map((hit, number) => this.option(hit, number, terms));
        this.list.replaceChildren(...this.options);
        this.list.scrollTop = 0;
        this.input.setAttribute("aria-expanded", String(hits.length > 0));
        this.choose(0);
    }

    option(hit, number, terms) {
        const option = element("a", { role: "option", id: `ladder-search-${number}`, href: hit.url, tabindex: "-1", "aria-selected": "false", lang: hit.language === "zh" ? "zh-CN" : "en" });
        const title = element("span", { class: "ladder-search-title" }, marked(hit.title, terms));
        if (hit.language !== language) title.prepend(element("span", { class: "ladder-search-language" }, WORDS[hit.language].name));
        option.append(title);
        if (hit.path.length > 0) option.append(element("span", { class: "ladder-search-path" }, hit.path.join(" › ")));
        option.append(element("span", { class: "ladder-search-teaser" }, teaser(hit.text, terms)));
        // A hit on this very page may load nothing: then the box would stay open over it.
        option.addEventListener("click", (event) => event.ctrlKey || event.metaKey || event.shiftKey || this.dialog.close());
        option.addEventListener("mousemove", () => this.chosen === number || this.choose(number, false));
        return option;
    }

    choose(number, scroll = true) {
        this.options[this.chosen]?.setAttribute("aria-selected", "false");
        this.chosen = number;
        const option = this.options[number];
        if (!option) return this.input.removeAttribute("aria-activedescendant");
        option.setAttribute("aria-selected", "true");
        this.input.setAttribute("aria-activedescendant", option.id);
        if (scroll) option.scrollIntoView({ block: "nearest" });
    }
}

// Whether a key opens the box: `/` and `s` outside of fields, Ctrl-K and ⌘K everywhere.
function opens(event) {
    if (event.isComposing || event.altKey) return false;
    if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k" && !event.shiftKey;
    const field = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    return !field && (event.key === "/" || event.key === "s");
}

// ---- Marks in the page that a hit has opened

// Marks the words of `?mark=…` in the page, and offers to take the marks away.
function markPage() {
    const query = new URLSearchParams(location.search).get("mark");
    const main = document.querySelector("main");
    const terms = query ? readQuery(query) : [];
    if (!main || terms.length === 0) return;
    const { text, pieces } = textOfPage(main);
    const marks = placesOf(text, folded(text), terms).map((place) => wrapped(pieces, place));
    if (marks.length === 0) return;
    unfold(marks.flat());
    const target = document.getElementById(fragment());
    target?.scrollIntoView();
    offerClearing(query, marks);
}

function fragment() {
    try {
        return decodeURIComponent(location.hash.slice(1));
    } catch {
        return "";
    }
}

// The text of the page as the index has it: blanks folded into one space, a line end between blocks. Each piece of it is
// a run of characters of one text node.
function textOfPage(main) {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, (node) =>
        node.parentElement.closest("script, style, svg, button, .buttons") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const pieces = [];
    let text = "";
    let block = null;
    let afterBlank = true;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const around = node.parentElement.closest("p, li, td, th, pre, h1, h2, h3, h4, h5, h6, dt, dd, summary, figcaption, div, main");
        if (around !== block) {
            text += "\n";
            afterBlank = true;
        }
        block = around;
        for (const { 0: run, index } of node.data.matchAll(/\S+|\s+/gu)) {
            const blank = run.trim() === "";
            if (!(blank && afterBlank)) {
                pieces.push({ node, from: index, start: text.length, length: blank ? 1 : run.length });
                text += blank ? " " : run;
            }
            afterBlank = blank;
        }
    }
    return { text, pieces };
}

// Puts the characters of a place into <mark>: one for each text node that they stand in.
function wrapped(pieces, place) {
    const marks = [];
    for (let number = firstPiece(pieces, place.start); number < pieces.length && pieces[number].start < place.end; number += 1) {
        const piece = pieces[number];
        const from = Math.max(place.start - piece.start, 0);
        const to = Math.min(place.end - piece.start, piece.length);
        const mark = element("mark", { class: "ladder-search-mark" });
        const middle = piece.node.splitText(piece.from + from);
        const after = middle.splitText(to - from);
        middle.replaceWith(mark);
        mark.append(middle);
        moveOn(pieces, number, piece.node, after, piece.from + to);
        Object.assign(piece, { start: piece.start + to, length: piece.length - to });
        marks.push(mark);
    }
    return marks;
}

// What stood behind a mark in the same text node stands in a node of its own now.
function moveOn(pieces, number, node, after, shift) {
    for (; number < pieces.length && pieces[number].node === node; number += 1) {
        pieces[number].from = Math.max(pieces[number].from - shift, 0);
        pieces[number].node = after;
    }
}

// The piece in which a place starts, by halves.
function firstPiece(pieces, place) {
    let low = 0;
    let high = pieces.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (pieces[middle].start + pieces[middle].length <= place) low = middle + 1;
        else high = middle;
    }
    return low;
}

// Opens what is folded around the marks of the section that was asked for; solutions elsewhere stay hidden.
function unfold(marks) {
    const target = document.getElementById(fragment());
    if (!target) return;
    const headings = [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")];
    const next = headings[headings.indexOf(target) + 1];
    const follows = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    for (const mark of marks) {
        const inside = follows(target, mark) && (!next || follows(mark, next));
        if (inside) mark.closest("details")?.setAttribute("open", "");
    }
}

function offerClearing(query, marks) {
    const clear = element("button", { type: "button" }, words.clear);
    const bar = element("div", { class: "ladder-search-bar", role: "status" }, element("span", {}, words.marked(query, marks.length)), clear);
    document.body.append(bar);
    const finish = () => {
        for (const mark of marks.flat()) {
            const parent = mark.parentNode;
            mark.replaceWith(...mark.childNodes);
            parent.normalize();
        }
        bar.remove();
        document.removeEventListener("keydown", escape);
        history.replaceState(history.state, "", location.pathname + location.hash);
    };
    const escape = (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && finish();
    clear.addEventListener("click", finish);
    document.addEventListener("keydown", escape);
}

customElements.define("ladder-search", LadderSearch);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", markPage);
else markPage();
})();
