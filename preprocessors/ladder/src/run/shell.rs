//! The small shell of the book: `VAR=$(…)`, `$VAR`, quotes, a pipe into `grep`, `wc` or `base64`, and here-documents.
//!
//! `mdbook_ladder::console::shell` takes a command apart; here it is run, with programs of this machine. What goes beyond the
//! small shell runs only where it was allowed, and then in `bash`. Knows no cluster. Next: `process.rs`.

use super::process::{self, Order};
use super::target::{Answer, Stopped, Target};
use mdbook_ladder::console::shell::{self, Shell, Word};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, Instant};

/// What a page may start: the reader's `kubectl`, and what every machine has.
const PROGRAMS: [&str; 8] = [
    "kubectl", "grep", "wc", "base64", "cat", "tee", "echo", "sleep",
];

/// The shell of one page: its working folder, its variables.
pub(crate) struct SmallShell {
    /// Where the commands run.
    pub(crate) folder: PathBuf,
    /// What `kubectl` is called on this machine.
    pub(crate) kubectl: String,
    /// What the programs see beside the environment of `ladder` itself.
    pub(crate) environment: Vec<(String, String)>,
    /// Commands beyond the small shell go to `bash`.
    pub(crate) beyond_allowed: bool,
    /// What `VAR=$(…)` took.
    pub(crate) variables: BTreeMap<String, String>,
}

impl Target for SmallShell {
    fn run(&mut self, command: &str, limit: Duration) -> Result<Answer, Stopped> {
        let shell = shell::read(command);
        match self.beyond(command, &shell) {
            Some(what) if !self.beyond_allowed => return Err(Stopped::Beyond(what)),
            Some(_) => return self.in_bash(command, assigned(command), limit),
            None => {}
        }
        let (output, complaints, status) = self.stages(command, &shell, limit)?;
        let mut printed = String::from_utf8_lossy(&complaints).into_owned();
        match &shell.variable {
            Some(variable) => {
                let value = String::from_utf8_lossy(&output)
                    .trim_end_matches('\n')
                    .to_owned();
                self.variables.insert(variable.clone(), value);
            }
            None => printed.push_str(&String::from_utf8_lossy(&output)),
        }
        Ok(Answer {
            status,
            output: printed,
        })
    }
}

impl SmallShell {
    /// What the small shell does not have.
    fn beyond(&self, command: &str, shell: &Shell) -> Option<String> {
        if let Some((_, construct)) = shell.beyond.first() {
            return Some((*construct).to_owned());
        }
        if let Some(body) = &shell.here_document
            && command[body.clone()].contains("$(")
            && !command[..body.start].trim_end().ends_with(['\'', '"'])
        {
            return Some("$(".to_owned());
        }
        let words = shell.words();
        let program = words.first()?.text.as_str();
        let rest = words[1..].iter().map(|word| word.text.as_str());
        match program {
            // The one context that was named is the one that is used.
            "kubectl" => rest
                .take_while(|word| *word != "--")
                .find(|word| word.starts_with("--kubeconfig"))
                .map(str::to_owned),
            "tee" => rest
                .filter(|word| !is_inside(word))
                .map(|word| format!("tee {word}"))
                .next(),
            _ => (!PROGRAMS.contains(&program)).then(|| program.to_owned()),
        }
    }

    /// Standard output of the last stage, the complaints of all, the status of the last.
    fn stages(
        &self,
        command: &str,
        shell: &Shell,
        limit: Duration,
    ) -> Result<(Vec<u8>, Vec<u8>, i32), Stopped> {
        let deadline = Instant::now() + limit;
        let mut input = self.here_document(command, shell);
        if let Some(file) = &shell.writes {
            return self
                .write(file, command, &input)
                .map(|()| (Vec::new(), Vec::new(), 0));
        }
        let (mut complaints, mut status) = (Vec::new(), 0);
        let last = shell.stages.len().saturating_sub(1);
        for (number, stage) in shell.stages.iter().enumerate() {
            let mut words = self.expanded(command, stage);
            if words.is_empty() {
                continue;
            }
            let name = words.remove(0);
            let order = Order {
                program: if name == "kubectl" {
                    &self.kubectl
                } else {
                    &name
                },
                arguments: &words,
                folder: &self.folder,
                environment: &self.environment,
                input: &input,
                limit: deadline.saturating_duration_since(Instant::now()),
                in_spite_of_interrupt: false,
            };
            let as_one = number == last && shell.variable.is_none();
            let ended = if as_one {
                process::run(&order)?
            } else {
                process::run_apart(&order)?
            };
            complaints.extend(ended.complaints);
            (input, status) = (ended.output, ended.status);
        }
        Ok((input, complaints, status))
    }

    fn here_document(&self, command: &str, shell: &Shell) -> Vec<u8> {
        let Some(body) = &shell.here_document else {
            return Vec::new();
        };
        let operator = command[..body.start].rfind("<<").unwrap_or(0);
        let mark = command[operator + 2..body.start]
            .trim_start_matches('-')
            .trim_start();
        let strips_tabs = command[operator..].starts_with("<<-");
        let mut text = String::new();
        for line in command[body.clone()].split_inclusive('\n') {
            text.push_str(if strips_tabs {
                line.trim_start_matches('\t')
            } else {
                line
            });
        }
        if mark.starts_with(['\'', '"', '\\']) {
            return text.into_bytes();
        }
        self.filled(&text).into_bytes()
    }

    /// A here-document may write files below the page's own folder, which is a copy.
    fn write(&self, file: &Word, command: &str, text: &[u8]) -> Result<(), Stopped> {
        let name = self.expanded(command, std::slice::from_ref(file)).concat();
        if !is_inside(&name) {
            return Err(Stopped::Beyond(format!("> {name}")));
        }
        fs::write(self.folder.join(&name), text)
            .map_err(|error| Stopped::Machine(format!("{name}: {error}")))
    }

    /// The words as the programs get them: quotes taken off, variables filled in and, outside of quotes, taken apart at blanks.
    fn expanded(&self, command: &str, words: &[Word]) -> Vec<String> {
        let mut expanded = Vec::new();
        for word in words {
            self.expand(&command[word.span.clone()], &mut expanded);
        }
        expanded
    }

    fn expand(&self, raw: &str, words: &mut Vec<String>) {
        let (mut word, mut begun) = (String::new(), false);
        let mut rest = raw;
        while let Some(character) = rest.chars().next() {
            rest = &rest[character.len_utf8()..];
            match character {
                '\'' => {
                    let end = rest.find('\'').unwrap_or(rest.len());
                    word.push_str(&rest[..end]);
                    rest = rest.get(end + 1..).unwrap_or_default();
                    begun = true;
                }
                '"' => {
                    let end = closing(rest);
                    word.push_str(&self.filled(&rest[..end]));
                    rest = rest.get(end + 1..).unwrap_or_default();
                    begun = true;
                }
                '\\' => {
                    word.extend(rest.chars().next().filter(|escaped| *escaped != '\n'));
                    rest = rest
                        .get(rest.chars().next().map_or(0, char::len_utf8)..)
                        .unwrap_or_default();
                }
                '$' => {
                    let (value, length) = self.variable(rest);
                    rest = &rest[length..];
                    self.split(&value, &mut word, words);
                }
                _ => word.push(character),
            }
        }
        if begun || !word.is_empty() {
            words.push(word);
        }
    }

    fn split(&self, value: &str, word: &mut String, words: &mut Vec<String>) {
        for (number, part) in value.split([' ', '\t', '\n']).enumerate() {
            if number > 0 && !word.is_empty() {
                words.push(std::mem::take(word));
            }
            word.push_str(part);
        }
    }

    /// The value of the variable whose name begins here, and the name's length; a lone `$` stands for itself.
    fn variable(&self, name: &str) -> (String, usize) {
        let braced = name.starts_with('{');
        let start = usize::from(braced);
        let is_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
        let end = name[start..]
            .find(|character| !is_name(character))
            .map_or(name.len(), |end| start + end);
        if end == start
            || name[start..].starts_with(|first: char| first.is_ascii_digit())
            || (braced && !name[end..].starts_with('}'))
        {
            return ("$".to_owned(), 0);
        }
        let value = self
            .variables
            .get(&name[start..end])
            .cloned()
            .unwrap_or_default();
        (value, end + usize::from(braced))
    }

    /// What stands in double quotes or in a here-document, with variables filled in.
    fn filled(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            rest = &rest[character.len_utf8()..];
            match (character, rest.chars().next()) {
                ('\\', Some(escaped @ ('"' | '\\' | '$' | '`' | '\n'))) => {
                    rest = &rest[1..];
                    filled.extend(Some(escaped).filter(|escaped| *escaped != '\n'));
                }
                ('$', _) => {
                    let (value, length) = self.variable(rest);
                    rest = &rest[length..];
                    filled.push_str(&value);
                }
                _ => filled.push(character),
            }
        }
        filled
    }

    /// A command of a transcript, in a real shell. What it assigns is carried on, as in one session.
    fn in_bash(
        &mut self,
        command: &str,
        variable: Option<&str>,
        limit: Duration,
    ) -> Result<Answer, Stopped> {
        let kept = self.folder.join(".ladder-variable");
        let mut script = String::new();
        for (name, value) in &self.variables {
            script.push_str(&format!("{name}='{}'\n", value.replace('\'', r"'\''")));
        }
        script.push_str(command);
        if let Some(name) = variable {
            script.push_str(&format!(
                "\n_status=$?; printf %s \"${name}\" > '{}'; exit $_status",
                kept.display()
            ));
        }
        let order = Order {
            program: "bash",
            arguments: &["--norc".to_owned(), "-c".to_owned(), script],
            folder: &self.folder,
            environment: &self.environment,
            input: &[],
            limit,
            in_spite_of_interrupt: false,
        };
        let ended = process::run(&order)?;
        if let (Some(name), Ok(value)) = (variable, fs::read_to_string(&kept)) {
            self.variables.insert(name.to_owned(), value);
            let _ = fs::remove_file(&kept);
        }
        Ok(Answer {
            status: ended.status,
            output: String::from_utf8_lossy(&ended.output).into_owned(),
        })
    }
}

/// The variable that a command sets: `NAME=…` with nothing behind it.
fn assigned(command: &str) -> Option<&str> {
    let (name, value) = command.split_once('=')?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_name && (value.starts_with(['$', '\'', '"']) || !value.contains(' '))).then_some(name)
}

/// Whether a path stays below the folder of the page.
fn is_inside(path: &str) -> bool {
    Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Where the double quote closes.
fn closing(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            '"' if !escaped => return at,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell() -> SmallShell {
        SmallShell {
            folder: std::env::temp_dir(),
            kubectl: "kubectl".to_owned(),
            environment: Vec::new(),
            beyond_allowed: false,
            variables: BTreeMap::new(),
        }
    }

    fn prints(shell: &mut SmallShell, command: &str) -> String {
        shell
            .run(command, Duration::from_secs(20))
            .expect("it runs")
            .output
    }

    #[test]
    fn a_variable_is_filled_in_but_for_single_quotes() {
        let mut shell = shell();
        assert_eq!(prints(&mut shell, "POD=$(echo web-1)"), "");
        assert_eq!(
            prints(
                &mut shell,
                r#"echo $POD "a ${POD}  b" '$POD' \$POD x$POD.y"#
            ),
            "web-1 a web-1  b $POD $POD xweb-1.y\n"
        );
    }

    #[test]
    fn a_variable_outside_of_quotes_is_taken_apart_at_blanks() {
        let mut shell = shell();
        prints(&mut shell, "NAMES=$(echo 'a   b')");
        assert_eq!(prints(&mut shell, r#"echo $NAMES"#), "a b\n");
        assert_eq!(prints(&mut shell, r#"echo "$NAMES""#), "a   b\n");
    }

    #[test]
    fn a_pipe_has_the_status_of_its_last_program() {
        let answer = shell()
            .run("echo web | grep -c shop", Duration::from_secs(20))
            .expect("it runs");
        assert_eq!(
            answer,
            Answer {
                status: 1,
                output: "0\n".to_owned()
            }
        );
    }

    #[test]
    fn a_here_document_is_input_with_variables_unless_its_mark_is_quoted() {
        let mut shell = shell();
        prints(&mut shell, "X=$(echo 1)");
        assert_eq!(prints(&mut shell, "cat <<EOF\na: $X\nEOF"), "a: 1\n");
        assert_eq!(prints(&mut shell, "cat <<'EOF'\na: $X\nEOF"), "a: $X\n");
    }

    #[test]
    fn what_goes_beyond_the_small_shell_is_not_run() {
        let run = |command: &str| shell().run(command, Duration::from_secs(20));
        assert_eq!(
            run("curl http://localhost"),
            Err(Stopped::Beyond("curl".to_owned()))
        );
        assert_eq!(
            run("echo a && echo b"),
            Err(Stopped::Beyond("&&".to_owned()))
        );
        assert_eq!(
            run("cat <<EOF\n$(date)\nEOF"),
            Err(Stopped::Beyond("$(".to_owned()))
        );
        assert_eq!(
            run("tee ../x <<EOF\nEOF"),
            Err(Stopped::Beyond("tee ../x".to_owned()))
        );
        assert_eq!(
            run("kubectl get pods --kubeconfig=/mine"),
            Err(Stopped::Beyond("--kubeconfig=/mine".to_owned()))
        );
        assert_eq!(
            run("cat > ../x <<EOF\nEOF"),
            Err(Stopped::Beyond("> ../x".to_owned()))
        );
    }

    #[test]
    fn what_hangs_is_ended() {
        let started = Instant::now();
        assert!(matches!(
            shell().run("sleep 30", Duration::from_millis(200)),
            Err(Stopped::Hangs(_))
        ));
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}
