//! Says what is wrong where the parser stopped: which mistake people make leads there, where it stands, and what to do.
//!
//! The parser knows what it did not expect; this knows what was meant. It looks at the line and at the one before it.
//! Knows characters and lines, not values. The words stand in `messages/`, one variant for each mistake.

mod lines;

use super::{INVISIBLE_CHARACTER, YAML_LIMIT, YAML_SYNTAX, tree};
use crate::Finding;
use granit_parser::{ErrorKind, ScanError};
use lines::{Line, Scene};
use std::ops::Range;

/// The finding for the error that the parser stopped at. `bracket` is where the innermost open bracket stands.
pub(super) fn complaint(
    source: &str,
    piece: Range<usize>,
    error: &ScanError,
    bracket: Option<usize>,
) -> Finding {
    let at = (piece.start + error.marker().byte_offset().unwrap_or_default()).min(piece.end);
    let scene = Scene {
        source,
        piece,
        at,
        bracket,
    };
    template(&scene)
        .or_else(|| tab(&scene, error.kind()))
        .or_else(|| by_kind(&scene, error.kind()))
        .unwrap_or_else(|| syntax(scene.rest(at), "other", "other"))
}

/// The first character that no YAML may hold, if there is one.
pub(super) fn control_character(source: &str, piece: Range<usize>) -> Option<Finding> {
    let fine = |byte: u8| (b' '..0x7F).contains(&byte) || matches!(byte, b'\n' | b'\r' | b'\t');
    let text = &source[piece.clone()];
    // Almost every text is plain ASCII or holds only letters beyond it: look closer only where neither is so.
    let (at, character) = text
        .char_indices()
        .find(|(_, character)| match *character {
            character if character.is_ascii() => !fine(character as u8),
            '\u{80}'..='\u{9f}' => *character != '\u{85}',
            '\u{fffe}' | '\u{ffff}' => true,
            _ => false,
        })?;
    let span = piece.start + at..piece.start + at + character.len_utf8();
    let finding = syntax(span, "control", "control");
    Some(finding.with("character", format!("U+{:04X}", u32::from(character))))
}

/// The first break that only YAML 1.1 takes for one, so that Kubernetes reads other lines than an editor shows.
pub(super) fn hidden_break(source: &str, piece: Range<usize>) -> Option<Finding> {
    let (at, character) = source[piece.clone()]
        .char_indices()
        .find(|(_, character)| {
            !character.is_ascii() && matches!(character, '\u{85}' | '\u{2028}' | '\u{2029}')
        })?;
    let span = piece.start + at..piece.start + at + character.len_utf8();
    Some(
        Finding::new(&INVISIBLE_CHARACTER, span)
            .with("character", format!("U+{:04X}", u32::from(character))),
    )
}

fn syntax(span: Range<usize>, variant: &'static str, advice: &'static str) -> Finding {
    Finding::new(&YAML_SYNTAX, span)
        .saying(variant)
        .advising(advice)
}

/// `{{ … }}` that no template engine has replaced.
fn template(scene: &Scene<'_>) -> Option<Finding> {
    let here = scene.line();
    let line = [Some(here), scene.before(here)]
        .into_iter()
        .flatten()
        .find(|line| {
            let text = line.content(scene.source);
            text.find("{{")
                .is_some_and(|at| line.start != here.start || !text[..at].contains(['"', '\'']))
                && (line.start == here.start || text.starts_with("{{"))
        })?;
    let text = line.content(scene.source);
    let open = text.find("{{")?;
    let close = text[open..]
        .find("}}")
        .map_or(text.len(), |close| open + close + 2);
    let finding = syntax(
        line.content_start + open..line.content_start + close,
        "template",
        "template",
    );
    Some(finding.with("text", &text[open..close]))
}

/// A tab where blanks belong.
fn tab(scene: &Scene<'_>, kind: &ErrorKind) -> Option<Finding> {
    let here = scene.line();
    let indented = |line: &Line| scene.source[line.start..line.content_start].contains('\t');
    // Of a tab within a text the parser speaks where the text began, or where its line before ended.
    let below = matches!(
        kind,
        ErrorKind::TabAtBlockScalarStart | ErrorKind::TabInPlainScalar
    );
    let below = if below { scene.after(here) } else { None };
    let line = [Some(here), below].into_iter().flatten().find(indented)?;
    let indentation = &scene.source[line.start..line.content_start];
    let from = indentation.find('\t')?;
    let until = indentation.rfind('\t')? + 1;
    Some(syntax(line.start + from..line.start + until, "tab", "tab"))
}

fn by_kind(scene: &Scene<'_>, kind: &ErrorKind) -> Option<Finding> {
    let at = scene.at;
    Some(match kind {
        ErrorKind::UnexpectedCharacter { .. } => start_character(scene, at),
        ErrorKind::MissingAnchorOrAliasName => start_character(scene, at),
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            open_quote(scene, at)
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar => behind_quote(scene, '"'),
        ErrorKind::InvalidTrailingSingleQuotedScalar => behind_quote(scene, '\''),
        ErrorKind::UnclosedFlowCollection { open } => {
            syntax(at..at + 1, "bracket-open", "bracket-open")
                .with("open", open.to_string())
                .with("close", closing(*open))
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            syntax(at..at + 1, "bracket-mismatch", "bracket-mismatch")
                .with("open", open.to_string())
                .with("close", close.to_string())
                .with("wanted", closing(*open))
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            let bracket = scene.character(at);
            syntax(at..at + bracket.len(), "bracket-extra", "bracket-extra")
                .with("character", bracket)
        }
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => separator(scene),
        ErrorKind::BlockEntryInFlowCollection => {
            syntax(at..at + 1, "dash-in-brackets", "dash-in-brackets")
        }
        ErrorKind::BlockSequenceEntryNotAllowed => {
            syntax(scene.rest(at), "list-behind-key", "list-behind-key")
        }
        ErrorKind::MappingKeyNotAllowed => start_character(scene, at),
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => {
            syntax(scene.rest(at), "block-header", "block-header")
        }
        ErrorKind::UndeclaredTagHandle
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri => start_character(scene, at),
        ErrorKind::ExpectedDocumentStart
        | ErrorKind::UnsupportedYamlMajorVersion
        | ErrorKind::MissingDocumentEndBeforeDirective => {
            directive(scene).unwrap_or_else(|| misplaced(scene))
        }
        ErrorKind::RecursionLimitExceeded => Finding::new(&YAML_LIMIT, scene.rest(at))
            .saying("depth")
            .advising("depth")
            .with("limit", tree::DEPTH.to_string()),
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => colon(scene),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => no_key(scene),
        ErrorKind::UnexpectedEofBlockMapping | ErrorKind::ExpectedNodeContent
            if scene.character(at) == "," =>
        {
            start_character(scene, at)
        }
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::UnexpectedEofBlockSequence => misplaced(scene),
        _ => escape(scene)?,
    })
}

/// A value that begins with a character which means something to YAML: `@`, `` ` ``, `%`, `*`, `&`, `!`, `,`, `? `.
fn start_character(scene: &Scene<'_>, at: usize) -> Finding {
    let span = scene.value(at);
    let text = &scene.source[span.clone()];
    let variant = if text.starts_with('*') {
        "asterisk"
    } else {
        "start"
    };
    let finding = syntax(span.clone(), variant, "quote").with("text", text);
    finding.with(
        "character",
        text.chars().next().unwrap_or_default().to_string(),
    )
}

/// A quote that nothing closes.
fn open_quote(scene: &Scene<'_>, at: usize) -> Finding {
    let quote = scene.character(at);
    syntax(scene.rest(at), "quote-open", "quote-open").with("quote", quote)
}

/// Text behind a closing quote: a quote within quotes, or one that closes what an earlier line left open.
fn behind_quote(scene: &Scene<'_>, quote: char) -> Finding {
    let here = scene.line();
    let before = &scene.source[here.start..scene.at];
    if before.matches(quote).count() % 2 == 1
        && let Some(opened) = scene.opened_above(here, quote)
    {
        return open_quote(scene, opened);
    }
    let rest = scene.rest(scene.at);
    let text = &scene.source[rest.clone()];
    if scene.bracket.is_some() || scene.first_line().content(scene.source).starts_with('{') {
        let end = scene.source[..scene.at].trim_end().len();
        return syntax(end..end, "comma-missing", "comma-missing");
    }
    if text.contains(quote) {
        let advice = if quote == '"' {
            "quote-within-double"
        } else {
            "quote-within-single"
        };
        return syntax(rest, "quote-within", advice).with("quote", quote.to_string());
    }
    if text.starts_with(':') {
        return syntax(rest, "key-over-lines", "key-over-lines");
    }
    syntax(rest.clone(), "behind-quote", "behind-quote").with("text", text)
}

fn closing(open: char) -> &'static str {
    if open == '[' { "]" } else { "}" }
}

/// In brackets, between two items: a comma is missing, or there is one too many, or the bracket was never closed.
fn separator(scene: &Scene<'_>) -> Finding {
    if scene.character(scene.at) == "," {
        return syntax(scene.at..scene.at + 1, "comma-extra", "comma-extra");
    }
    let before = scene.source[..scene.at].trim_end();
    if scene.character(scene.at) != ":" && !before.ends_with([',', '[', '{', ':']) {
        return syntax(before.len()..before.len(), "comma-missing", "comma-missing");
    }
    let close = scene.bracket.map_or('[', |open| {
        scene.source[open..].chars().next().unwrap_or('[')
    });
    let finding =
        syntax(scene.rest(scene.at), "separator", "separator").with("close", closing(close));
    match scene.bracket {
        Some(open) => finding.also(open..open + 1, "opened"),
        None => finding,
    }
}

/// `%YAML 1.2` and its like: kubectl cuts the text at `---`, and then they stand alone.
fn directive(scene: &Scene<'_>) -> Option<Finding> {
    let mut line = scene.first_line();
    loop {
        if line.content(scene.source).starts_with('%') {
            return Some(syntax(
                line.content_start..line.end,
                "directive",
                "directive",
            ));
        }
        line = scene.after(line)?;
    }
}

/// A colon where no key can be.
fn colon(scene: &Scene<'_>) -> Finding {
    let here = scene.line();
    let text = &scene.source[here.content_start..scene.at];
    if let Some(found) = glued(scene, here) {
        return found;
    }
    if let Some(key) = text.find(": ") {
        let start = here.content_start + key + 1;
        let start =
            start + (scene.source[start..].len() - scene.source[start..].trim_start().len());
        let span = scene.value(start.min(scene.at)).start..scene.rest(scene.at).end;
        let advice = if text[key + 1..]
            .trim_start()
            .starts_with(['"', '\'', '[', '{'])
        {
            "colon-behind"
        } else {
            "quote"
        };
        return syntax(span.clone(), "colon-in-text", advice).with("text", &scene.source[span]);
    }
    if let Some(above) = scene.before(here) {
        if let Some(found) = glued(scene, above) {
            return found;
        }
        if here.indent(scene.source) > above.indent(scene.source) {
            return too_deep(scene, here, above);
        }
    }
    syntax(
        here.content_start..scene.at.max(here.content_start),
        "colon",
        "colon",
    )
}

/// A line that is indented below a key which has its value already.
fn too_deep(scene: &Scene<'_>, here: Line, above: Line) -> Finding {
    let wanted = above.key_column(scene.source);
    let key = scene.source[above.key_start(scene.source)..above.end]
        .split(':')
        .next()
        .unwrap_or_default()
        .trim();
    syntax(here.content_start..scene.at, "too-deep", "too-deep")
        .with("key", &scene.source[here.content_start..scene.at])
        .with("above", key)
        .with("indent", wanted.to_string())
        .also(above.content_start..above.end, "above")
}

/// `-name: web`, `name:web` and `name：web`: a blank is missing, or the colon is that of a Chinese keyboard.
fn glued(scene: &Scene<'_>, line: Line) -> Option<Finding> {
    let text = line.content(scene.source);
    if let Some(rest) = text.strip_prefix('-')
        && rest.starts_with(char::is_alphabetic)
        && rest.contains(':')
    {
        let start = line.content_start;
        return Some(syntax(start..start + 1, "dash", "dash").with("text", rest));
    }
    let key_start = line.key_start(scene.source);
    let text = &scene.source[key_start..line.end];
    let name = text
        .find(|character: char| !character.is_ascii_alphanumeric())
        .unwrap_or(text.len());
    let rest = &text[name..];
    let colon = rest.chars().next().filter(|_| name > 0)?;
    let width = colon.len_utf8();
    let blank = rest[width..].is_empty() || rest[width..].starts_with(char::is_whitespace);
    let variant = match colon {
        ':' if !blank => "colon-space",
        '：' => "full-width-colon",
        _ => return None,
    };
    let span = key_start + name..key_start + name + width;
    Some(
        syntax(span, variant, variant)
            .with("key", &text[..name])
            .with("value", rest[width..].trim()),
    )
}

/// A line that is no `key: value` where one belongs.
fn no_key(scene: &Scene<'_>) -> Finding {
    let here = scene.line();
    let text = here.content(scene.source);
    if let Some(found) = mark(scene, here)
        .or_else(|| block_text(scene, here))
        .or_else(|| glued(scene, here))
    {
        return found;
    }
    syntax(here.content_start..here.end, "no-key", "no-key").with("text", text)
}

/// A line that was to be `---`.
fn mark(scene: &Scene<'_>, here: Line) -> Option<Finding> {
    let text = here.content(scene.source);
    let part =
        |character: char| matches!(character, '-' | '–' | '—' | '－' | '─' | ' ' | '.' | '…');
    let mark = text.chars().count() > 1 && text.chars().all(part);
    mark.then(|| {
        syntax(here.content_start..here.end, "mark-wrong", "mark-wrong").with("text", text)
    })
}

/// A line of a `|` or `>` text that is not indented as it must be.
fn block_text(scene: &Scene<'_>, here: Line) -> Option<Finding> {
    let indent = here.indent(scene.source);
    let mut line = here;
    let mut first = None;
    loop {
        line = scene.before(line)?;
        if line.opens_block_text(scene.source) {
            let wanted = first.unwrap_or(line.indent(scene.source) + 2);
            let finding = syntax(here.content_start..here.end, "block-text", "block-text")
                .with("indent", wanted.to_string());
            return Some(finding.also(line.content_start..line.end, "block-text"));
        }
        if line.indent(scene.source) <= indent {
            return None;
        }
        first = Some(line.indent(scene.source));
    }
}

/// Something stands where a key or a list item must begin.
fn misplaced(scene: &Scene<'_>) -> Finding {
    let here = scene.line();
    let text = here.content(scene.source);
    let behind = scene.source[here.content_start..scene.at].trim_start_matches(['-', ' ', '\t']);
    if !behind.is_empty() {
        if let Some(found) = mark(scene, here) {
            return found;
        }
        let rest = scene.rest(scene.at);
        let said = &scene.source[rest.clone()];
        if said.starts_with(':') {
            return syntax(scene.at..scene.at + 1, "colon-space", "colon-space-only");
        }
        return syntax(rest.clone(), "behind-value", "behind-value").with("text", said);
    }
    if let Some(found) = mark(scene, here).or_else(|| block_text(scene, here)) {
        return found;
    }
    let indent = here.indent(scene.source);
    let levels = scene.levels(here);
    let finding =
        syntax(here.content_start..here.end, "level", "level").with("indent", indent.to_string());
    if levels.contains(&indent) {
        let variant = if text.starts_with('-') {
            "item-among-keys"
        } else {
            "key-among-items"
        };
        return syntax(here.content_start..here.end, variant, variant);
    }
    // The nearest level on each side.
    let less = levels.iter().copied().filter(|level| *level < indent).max();
    let more = levels.iter().copied().filter(|level| *level > indent).min();
    let levels: Vec<String> = less
        .into_iter()
        .chain(more)
        .map(|level| level.to_string())
        .collect();
    finding.with("levels", levels.join(" / "))
}

/// A `\` within double quotes that means nothing.
fn escape(scene: &Scene<'_>) -> Option<Finding> {
    if scene.character(scene.at) != "\"" {
        return None;
    }
    let text = &scene.source[scene.at..scene.piece.end];
    let mut characters = text.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            let (next, escaped) = characters.next()?;
            let simple = "0abtnvfre \"\\N_LP\n\t".contains(escaped);
            if !simple {
                let end = next + escaped.len_utf8();
                let digits = text[end..]
                    .find(|digit: char| !digit.is_ascii_hexdigit())
                    .unwrap_or(text.len() - end);
                let end = if matches!(escaped, 'x' | 'u' | 'U') {
                    end + digits.min(8)
                } else {
                    end
                };
                let span = scene.at + at..scene.at + end;
                return Some(syntax(span, "escape", "escape").with("text", &text[at..end]));
            }
        }
    }
    None
}
