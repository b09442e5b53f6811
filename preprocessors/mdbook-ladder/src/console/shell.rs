//! Takes a command apart as far as the book's shell goes, and tells what goes beyond it.
//!
//! The book's shell is `VAR=$(…)`, `$VAR`, quotes, a pipe into `grep`, `wc` or `base64`, and here-documents: what a real
//! shell, `ladder run` and the practice cluster all understand alike. Spans count bytes of the command.

use std::ops::Range;

/// The programs that a pipe may lead into.
const FILTERS: [&str; 3] = ["grep", "wc", "base64"];
/// Words that begin what is no simple command.
const KEYWORDS: [&str; 12] = [
    "for", "while", "until", "if", "case", "function", "select", "export", "source", "alias",
    "eval", "set",
];

/// A command, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shell {
    /// The variable that takes what the command prints: `VAR=$(…)`.
    pub variable: Option<String>,
    /// The command, then what its output is piped into.
    pub stages: Vec<Vec<Word>>,
    /// The here-document, without its end.
    pub here_document: Option<Range<usize>>,
    /// The file that is written: `cat > FILE <<EOF`.
    pub writes: Option<Word>,
    /// What the book's shell does not have, and where.
    pub beyond: Vec<(Range<usize>, &'static str)>,
    /// What was begun and not ended: `quote`, `here-document`, `substitution`, `backslash`.
    pub open: Option<(Range<usize>, &'static str)>,
}

/// A word of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Without quotes and backslashes.
    pub text: String,
    /// With them.
    pub span: Range<usize>,
}

impl Shell {
    /// Whether the command needs no further line.
    pub fn is_whole(&self) -> bool {
        self.open.is_none()
    }

    /// The words of the command itself; of nothing, none.
    pub fn words(&self) -> &[Word] {
        self.stages.first().map_or(&[], Vec::as_slice)
    }
}

/// Takes a command apart.
pub fn read(command: &str) -> Shell {
    let mut reader = Reader {
        command,
        at: 0,
        shell: Shell {
            stages: vec![Vec::new()],
            ..Shell::default()
        },
        word: None,
        here: None,
        target: false,
        has_here_document: command.contains("<<"),
    };
    reader.assignment();
    while reader.at < command.len() {
        reader.step();
    }
    reader.finish()
}

struct Reader<'c> {
    command: &'c str,
    at: usize,
    shell: Shell,
    word: Option<Word>,
    /// The word that ends the here-document, and the operator's place.
    here: Option<(Option<String>, Range<usize>)>,
    /// The next word is the file behind `>`.
    target: bool,
    /// Whether one begins anywhere.
    has_here_document: bool,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.command[self.at..]
    }

    /// `VAR=$(` at the start, which the closing bracket at the end belongs to.
    fn assignment(&mut self) {
        let name = self
            .rest()
            .find(|character: char| !character.is_ascii_alphanumeric() && character != '_')
            .unwrap_or(0);
        let behind = &self.command[name..];
        if name == 0
            || !behind.starts_with('=')
            || self
                .command
                .starts_with(|first: char| first.is_ascii_digit())
        {
            return;
        }
        if behind.starts_with("=$(") && !behind.starts_with("=$((") {
            self.shell.variable = Some(self.command[..name].to_owned());
            self.at = name + 3;
        } else {
            self.shell.beyond.push((0..name + 1, "="));
        }
    }

    fn step(&mut self) {
        let Some(character) = self.rest().chars().next() else {
            return;
        };
        let start = self.at;
        match character {
            '\n' => {
                self.end_word();
                self.at += 1;
                self.line_break(start);
            }
            ' ' | '\t' => {
                self.end_word();
                self.at += 1;
            }
            '\\' => self.backslash(start),
            '\'' => self.single_quoted(start),
            '"' => self.double_quoted(start),
            '#' if self.word.is_none() => {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len())
            }
            '|' | '&' | ';' | '<' | '>' | '(' | ')' | '`' => self.operator(character, start),
            '$' if self.rest().starts_with("$(") => self.beyond(start, 2, "$("),
            _ => self.push(character, start),
        }
    }

    fn push(&mut self, character: char, start: usize) {
        self.at = self.at.max(start) + character.len_utf8();
        let at = self.at;
        let word = self.word.get_or_insert_with(|| Word {
            text: String::new(),
            span: start..start,
        });
        word.text.push(character);
        word.span.end = at;
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        if let Some((end @ None, _)) = &mut self.here {
            *end = Some(word.text);
        } else if self.target {
            self.target = false;
            self.shell.writes = Some(word);
        } else if let Some(stage) = self.shell.stages.last_mut() {
            stage.push(word);
        }
    }

    fn backslash(&mut self, start: usize) {
        self.at += 1;
        match self.rest().chars().next() {
            Some('\n') => {
                self.end_word();
                self.at += 1;
            }
            Some(character) => self.push(character, start),
            None => self.shell.open = Some((start..start + 1, "backslash")),
        }
        if let Some(word) = &mut self.word {
            word.span.start = word.span.start.min(start);
        }
    }

    fn single_quoted(&mut self, start: usize) {
        let inside = &self.command[start + 1..];
        let end = inside.find('\'');
        let text = &inside[..end.unwrap_or(inside.len())];
        self.quoted(
            text.to_owned(),
            start,
            start + 1 + text.len(),
            end.is_some(),
        );
    }

    fn double_quoted(&mut self, start: usize) {
        let mut text = String::new();
        let mut characters = self.command[start + 1..].char_indices();
        while let Some((at, character)) = characters.next() {
            let at = start + 1 + at;
            match character {
                '"' => return self.quoted(text, start, at, true),
                '\\' => match characters.next() {
                    Some((_, escaped @ ('"' | '\\' | '$' | '`'))) => text.push(escaped),
                    Some((_, '\n')) | None => {}
                    Some((_, other)) => text.extend(['\\', other]),
                },
                '`' => self.shell.beyond.push((at..at + 1, "`")),
                _ => {
                    if self.command[at..].starts_with("$(") {
                        self.shell.beyond.push((at..at + 2, "$("));
                    }
                    text.push(character);
                }
            }
        }
        self.quoted(text, start, self.command.len(), false);
    }

    fn quoted(&mut self, text: String, start: usize, end: usize, closed: bool) {
        self.at = if closed { end + 1 } else { end };
        if !closed {
            self.shell.open = Some((start..start + 1, "quote"));
        }
        let at = self.at;
        let word = self.word.get_or_insert_with(|| Word {
            text: String::new(),
            span: start..start,
        });
        word.text.push_str(&text);
        word.span.end = at;
    }

    fn operator(&mut self, character: char, start: usize) {
        self.end_word();
        match character {
            '|' if self.rest().starts_with("||") => self.beyond(start, 2, "||"),
            '|' => {
                self.at += 1;
                self.pipe(start);
            }
            '&' if self.rest().starts_with("&&") => self.beyond(start, 2, "&&"),
            '&' => self.beyond(start, 1, "&"),
            ';' => self.beyond(start, 1, ";"),
            '`' => self.beyond(start, 1, "`"),
            '<' if self.rest().starts_with("<<") && !self.rest().starts_with("<<<") => {
                self.at += if self.rest().starts_with("<<-") { 3 } else { 2 };
                self.here = Some((None, start..self.at));
            }
            '<' => self.beyond(start, 1, "<"),
            '>' if self.writes_here_document() => {
                self.at += 1;
                self.target = true;
            }
            '>' => {
                self.beyond(start, 1, ">");
                self.target = true;
            }
            ')' if self.shell.variable.is_some() && self.rest().trim_end() == ")" => {
                self.at = self.command.len();
                self.target = false;
            }
            _ => self.beyond(start, 1, if character == '(' { "(" } else { ")" }),
        }
    }

    /// Only `cat` and `tee` write a file, and only what stands in the block.
    fn writes_here_document(&self) -> bool {
        let first = self.shell.words().first().map_or("", |word| &word.text);
        matches!(first, "cat" | "tee") && self.has_here_document
    }

    fn pipe(&mut self, start: usize) {
        let next = self.rest().trim_start_matches([' ', '\t', '\\', '\n']);
        let program = next
            .split(|character: char| !character.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        if !FILTERS.contains(&program) {
            let end = self.command.len() - next.len() + program.len();
            self.shell.beyond.push((start..end, "|"));
        }
        self.shell.stages.push(Vec::new());
    }

    fn beyond(&mut self, start: usize, length: usize, construct: &'static str) {
        self.end_word();
        self.shell.beyond.push((start..start + length, construct));
        self.at = start + length;
    }

    /// Behind the first line a here-document follows, or another command, which a block cannot hold.
    fn line_break(&mut self, start: usize) {
        let Some((Some(end), operator)) = self.here.take() else {
            if !self.rest().trim().is_empty() && !self.rest().trim().starts_with(')') {
                self.shell.beyond.push((start..start + 1, "\n"));
            }
            return;
        };
        let body = self.at;
        for line in self.command[body..].split_inclusive('\n') {
            if line.trim_end_matches('\n').trim_start_matches('\t') == end {
                self.shell.here_document = Some(body..self.at);
                self.at += line.len();
                return;
            }
            self.at += line.len();
        }
        self.shell.open = Some((operator, "here-document"));
    }

    fn finish(mut self) -> Shell {
        self.end_word();
        if let Some((_, operator)) = self.here.take() {
            self.shell.open.get_or_insert((operator, "here-document"));
        }
        if let Some(variable) = &self.shell.variable
            && !self.command.trim_end().ends_with(')')
        {
            self.shell
                .open
                .get_or_insert((variable.len() + 1..variable.len() + 3, "substitution"));
        }
        if let Some(first) = self
            .shell
            .words()
            .first()
            .filter(|word| KEYWORDS.contains(&word.text.as_str()))
        {
            let keyword = KEYWORDS
                .into_iter()
                .find(|keyword| *keyword == first.text)
                .unwrap_or_default();
            self.shell.beyond.push((first.span.clone(), keyword));
        }
        self.shell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(command: &str) -> Vec<String> {
        read(command)
            .stages
            .into_iter()
            .flatten()
            .map(|word| word.text)
            .collect()
    }

    fn beyond(command: &str) -> Vec<&'static str> {
        read(command)
            .beyond
            .into_iter()
            .map(|(_, construct)| construct)
            .collect()
    }

    #[test]
    fn quotes_and_backslashes_make_words() {
        assert_eq!(
            words(r#"kubectl get po -o jsonpath='{.items[0]}' "a $X" b\ c"#),
            [
                "kubectl",
                "get",
                "po",
                "-o",
                "jsonpath={.items[0]}",
                "a $X",
                "b c"
            ]
        );
        assert_eq!(words("kubectl get \\\n  pods"), ["kubectl", "get", "pods"]);
    }

    #[test]
    fn a_variable_takes_what_a_command_prints() {
        let shell = read("POD=$(kubectl get pods -o name | grep web)");
        assert_eq!(shell.variable.as_deref(), Some("POD"));
        assert_eq!(shell.stages.len(), 2);
        assert!(shell.beyond.is_empty() && shell.is_whole());
    }

    #[test]
    fn a_here_document_is_input_or_a_file() {
        let shell = read("cat > web.yaml <<'EOF'\nkind: Pod; | &\nEOF");
        assert_eq!(
            shell.writes.as_ref().map(|word| word.text.as_str()),
            Some("web.yaml")
        );
        assert!(shell.beyond.is_empty() && shell.is_whole(), "{shell:?}");
        assert_eq!(shell.words().len(), 1);
        assert!(!read("kubectl apply -f - <<EOF\nkind: Pod").is_whole());
        assert!(!read("kubectl apply -f - <<EOF").is_whole());
    }

    #[test]
    fn what_goes_beyond_is_named() {
        assert_eq!(beyond("kubectl get pods && echo"), ["&&"]);
        assert_eq!(beyond("kubectl get pods | awk '{print $1}'"), ["|"]);
        assert_eq!(beyond("kubectl get pods > x"), [">"]);
        assert_eq!(beyond("kubectl delete $(kubectl get)"), ["$(", ")"]);
        assert_eq!(beyond("echo \"$(date)\""), ["$("]);
        assert_eq!(beyond("for x in a"), ["for"]);
        assert_eq!(beyond("A=b kubectl"), ["="]);
        assert_eq!(beyond("kubectl get pods -w &"), ["&"]);
    }

    #[test]
    fn what_is_begun_must_be_ended() {
        assert_eq!(read("echo 'a").open.map(|(_, what)| what), Some("quote"));
        assert_eq!(
            read("echo \\").open.map(|(_, what)| what),
            Some("backslash")
        );
        assert_eq!(
            read("X=$(echo").open.map(|(_, what)| what),
            Some("substitution")
        );
    }
}
