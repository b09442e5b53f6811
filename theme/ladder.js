// What a page of the book does: copies commands and manifests, and stays at its section when the language is switched.
//
// Classic script without fetch or modules, so that it works from file:// too; a page reads well without it. Search is
// `search.js`.
"use strict";

// Copy buttons. Of a console only the commands: what they printed, and `$ `, cannot be pasted into a terminal.
(function () {
    const WORDS = {
        zh: { commands: "复制命令", text: "复制", copied: "已复制", failed: "复制失败，请选中后按 Ctrl+C" },
        en: { commands: "Copy the commands", text: "Copy", copied: "Copied", failed: "Not copied: select it and press Ctrl+C" },
    };
    const words = WORDS[document.documentElement.lang.startsWith("zh") ? "zh" : "en"];

    for (const block of document.querySelectorAll("main .console, main .manifest, main pre")) {
        // What a program answered is to be read, not to be pasted.
        if (block.matches(".console pre, .manifest pre, pre:has(> .language-text)")) continue;
        const commands = block.matches(".console");
        if (commands && commandsOf(block) === "") continue;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "copy-button";
        button.textContent = commands ? words.commands : words.text;
        button.addEventListener("click", () => copy(button, commands ? commandsOf(block) : textOf(block)));
        frameOf(block).append(button);
    }

    // A block that scrolls sideways would carry the button along: such a one gets a frame.
    function frameOf(block) {
        if (!block.matches("pre")) return block;
        const frame = document.createElement("div");
        frame.className = "copy-frame";
        block.replaceWith(frame);
        frame.append(block);
        return frame;
    }

    function commandsOf(block) {
        return [...block.querySelectorAll(".console-command")].map((command) => command.dataset.command ?? withoutPrompt(command.textContent)).join("\n");
    }

    function withoutPrompt(text) {
        return text.trimEnd().replace(/^[$>] ?/gm, "");
    }

    function textOf(block) {
        return (block.querySelector("code, pre") ?? block).textContent;
    }

    async function copy(button, text) {
        const copied = await written(text) || selected(text);
        const before = button.dataset.before ??= button.textContent;
        button.textContent = copied ? words.copied : words.failed;
        button.classList.add("copy-button-told");
        setTimeout(() => {
            button.textContent = before;
            button.classList.remove("copy-button-told");
        }, 2000);
    }

    async function written(text) {
        try {
            await navigator.clipboard.writeText(text);
            return true;
        } catch {
            return false; // not allowed, or no secure context
        }
    }

    function selected(text) {
        const area = document.createElement("textarea");
        area.value = text;
        area.style.position = "fixed";
        area.style.opacity = "0";
        document.body.append(area);
        area.select();
        const copied = document.execCommand("copy");
        area.remove();
        return copied;
    }
})();

// The language switch leads to the section that is being read: its id is the same in both languages.
(function () {
    const link = document.querySelector(".language-switch");
    if (!link) return;
    for (const event of ["pointerdown", "click", "keydown"]) {
        link.addEventListener(event, () => { link.hash = sectionInView(); });
    }

    function sectionInView() {
        const named = document.getElementById(decoded(location.hash.slice(1)));
        if (named && isInView(named)) return location.hash;
        const headings = [...document.querySelectorAll("main :is(h2, h3, h4)[id]")];
        return headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 3)?.id ?? "";
    }

    function isInView(element) {
        const { top, bottom } = element.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
    }

    function decoded(text) {
        try {
            return decodeURIComponent(text);
        } catch {
            return text;
        }
    }
})();
