//! Knows what varies from run to run, by its shape: names that Kubernetes makes, addresses, ages, times, node ports, digests.
//!
//! Turns an expected line into a [`Pattern`] that accepts every line which says the same. Knows no page. Next: `compare.rs`.

use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What is the same by another name on this cluster, and which nodes it has.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    /// A word of the page, and what this run calls it: namespace, context.
    pub(crate) names: Vec<(String, String)>,
    /// Nodes among which the scheduler chooses.
    pub(crate) workers: Vec<String>,
}

/// What stood for a placeholder when it was first met.
pub(crate) type Bound = BTreeMap<String, String>;

/// Accepts the lines that say the same as an expected one.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// The expected line, literally.
    literal: String,
    regex: Option<Regex>,
    /// The placeholder of each group.
    groups: Vec<String>,
    /// Part of it is a name that Kubernetes made.
    pub(crate) generated: bool,
}

/// What may stand before a shape.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing that could be part of the same word.
    Word,
    /// The end of a name, which goes on with the shape.
    Name,
    /// Anything but a letter or a digit, and so behind it: it may be part of a name.
    Part,
}

struct Shape {
    found: Regex,
    accepted: &'static str,
    before: Before,
    generated: bool,
}

/// The alphabet of Kubernetes' own random names: no vowels, so no words come out of it.
/// <https://github.com/kubernetes/apimachinery/blob/master/pkg/util/rand/rand.go>
macro_rules! safe {
    () => {
        "[bcdfghjklmnpqrstvwxz2456789]"
    };
}

/// In this order: what is longer comes first. (as it stands in the page, what it may be, what stands before, made by Kubernetes)
const SHAPES: &[(&str, &str, Before, bool)] = &[
    (
        r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?(Z|UTC|[+-]\d\d:?\d\d))?",
        r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?",
        Before::Word,
        false,
    ),
    (
        r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(\.\d+)?",
        r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d+)?",
        Before::Word,
        false,
    ),
    (
        r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}",
        r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}",
        Before::Word,
        false,
    ),
    (
        r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d( [+-]\d{4}| GMT)?",
        r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(?: [+-]\d{4}| GMT)?",
        Before::Word,
        false,
    ),
    (
        r"[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d( UTC)? \d{4}",
        r"[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d(?: UTC)? \d{4}",
        Before::Word,
        false,
    ),
    (
        r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d",
        r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d",
        Before::Word,
        false,
    ),
    (
        r"[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+",
        r"[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+",
        Before::Word,
        false,
    ),
    (
        r"\d\d:\d\d:\d\d(\.\d+)?",
        r"\d\d:\d\d:\d\d(?:\.\d+)?",
        Before::Word,
        false,
    ),
    (
        r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        Before::Part,
        true,
    ),
    (r"[0-9a-f]{64}", r"[0-9a-f]{64}", Before::Word, false),
    (r"[0-9a-f]{32}", r"[0-9a-f]{32}", Before::Word, false),
    (
        r"(LIVE|MERGED)-\d+",
        r"(?:LIVE|MERGED)-\d+",
        Before::Word,
        false,
    ),
    (
        r"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}",
        r"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}",
        Before::Word,
        false,
    ),
    (
        r"(\d{1,3}\.){3}\d{1,3}:(3[3-9]|[456]\d)\d{3}",
        r"(?:\d{1,3}\.){3}\d{1,3}:\d{4,5}",
        Before::Word,
        false,
    ),
    (
        r"(\d{1,3}\.){3}\d{1,3}",
        r"(?:\d{1,3}\.){3}\d{1,3}",
        Before::Word,
        false,
    ),
    (
        r"v\d+\.\d+\.\d+(-[\w.+-]+)?",
        r"v\d+\.\d+\.\d+(?:[-+][\w.+-]+)?",
        Before::Word,
        false,
    ),
    (
        concat!("-", safe!(), "{7,10}-", safe!(), "{5}"),
        concat!("-", safe!(), "{5,10}-", safe!(), "{5}"),
        Before::Name,
        true,
    ),
    (
        concat!("-", safe!(), "{8,10}"),
        concat!("-", safe!(), "{5,10}"),
        Before::Name,
        true,
    ),
    (r"-\d{8}", r"-\d{8}", Before::Name, true),
    (
        concat!("-", safe!(), "{5}"),
        concat!("-", safe!(), "{5}"),
        Before::Name,
        true,
    ),
    (r"\.[0-9a-f]{16}", r"\.[0-9a-f]{16}", Before::Name, true),
    (
        concat!(r#"hash[=:] ?"?"#, safe!(), "{7,10}"),
        concat!(r#"hash[=:] ?"?"#, safe!(), "{5,10}"),
        Before::Word,
        false,
    ),
    (r"(30|31|32)\d{3}/", r"3\d{4}/", Before::Word, false),
    (
        r#"nodePort"?: (30|31|32)\d{3}"#,
        r#"nodePort"?: 3\d{4}"#,
        Before::Word,
        false,
    ),
    (
        r#"resourceVersion(\\*")?: ?(\\*")?\d+"#,
        r#"resourceVersion(?:\\*")?: ?(?:\\*")?\d+"#,
        Before::Word,
        false,
    ),
    (
        r"ErrImagePull|ImagePullBackOff",
        r"(?:ErrImagePull|ImagePullBackOff)",
        Before::Word,
        false,
    ),
];

static KNOWN: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    let shape = |&(found, accepted, before, generated): &(&str, &'static str, Before, bool)| {
        Some(Shape {
            found: Regex::new(&format!("^(?:{found})")).ok()?,
            accepted,
            before,
            generated,
        })
    };
    SHAPES.iter().filter_map(shape).collect()
});

/// How long something has been: `5s`, `3m20s`, `2d4h`; `5s (x3 over 20s)` in events.
const AGE: &str = r"(?:\d+[dhms]|\d+ms|\d+y)+|<unknown>|<invalid>";
static AGE_FOUND: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"^(?:{AGE})(?: \(x\d+ over (?:{AGE})\))?")).ok());
static PLACEHOLDER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\[[A-Z][A-Z0-9_-]*\]").ok());
/// Addresses that are the same everywhere.
const FIXED: [&str; 3] = ["127.0.0.1", "0.0.0.0", "255.255.255.255"];

/// Where the ages of a table stand: the byte at which the column begins.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ages(Vec<usize>);

impl Ages {
    /// Of the table under this header; none where the line is no header.
    pub(crate) fn under(header: &str) -> Option<Ages> {
        if !is_header(header) {
            return None;
        }
        let columns = [
            "AGE",
            "LAST SEEN",
            "FIRST SEEN",
            "DURATION",
            "LAST SCHEDULE",
            "Age",
        ];
        let starts = columns.iter().filter_map(|column| {
            let at = header.find(column)?;
            let alone = header[..at].chars().last().is_none_or(char::is_whitespace)
                && header[at + column.len()..]
                    .chars()
                    .next()
                    .is_none_or(char::is_whitespace);
            alone.then_some(at)
        });
        Some(Ages(starts.collect()))
    }

    fn holds(&self, at: usize, line: &str) -> bool {
        let key = line.trim_start().split(':').next().unwrap_or_default();
        let before = &line[..at];
        let alone = before.ends_with("  ")
            && !before.trim_start().contains(':')
            && (line[at..].contains("  ") || !line[at..].contains(' '));
        self.0.contains(&at)
            || alone
            || before.ends_with('(')
            || before.ends_with("over ")
            || matches!(key, "Age" | "Duration")
    }
}

/// Whether a line is the header of a table.
pub(crate) fn is_header(line: &str) -> bool {
    let capitals = |word: &str| {
        word.chars()
            .all(|character| character.is_ascii_uppercase() || "-_()/%".contains(character))
    };
    let first = line.split_whitespace().next().unwrap_or_default();
    let of_table = !line.starts_with(' ')
        && first.len() > 1
        && first != "Error"
        && line
            .split("  ")
            .map(str::trim)
            .all(|cell| cell.split(' ').all(capitals));
    of_table
        || line
            .split_whitespace()
            .take(3)
            .eq(["Type", "Reason", "Age"])
}

impl Pattern {
    /// Of an expected line that stands in a table with these columns. `any_worker`: the scheduler may have chosen otherwise.
    pub(crate) fn new(line: &str, ages: &Ages, world: &World, any_worker: Placing) -> Pattern {
        let mut writer = Writer {
            line,
            ages,
            world,
            placing: any_worker,
            regex: "^".to_owned(),
            groups: Vec::new(),
            generated: false,
        };
        let indentation = line.len() - line.trim_start().len();
        writer.regex.push_str(&regex::escape(&line[..indentation]));
        let mut at = indentation;
        while at < line.len() {
            at += writer.step(at);
        }
        writer.regex.push('$');
        Pattern {
            literal: line.to_owned(),
            regex: Regex::new(&writer.regex).ok(),
            groups: writer.groups,
            generated: writer.generated,
        }
    }

    /// The line as it stands in the page.
    pub(crate) fn literal(&self) -> &str {
        &self.literal
    }

    /// Whether `line` says the same. What its placeholders stand for is kept in `bound`, and must stay the same.
    pub(crate) fn accepts(&self, line: &str, bound: &mut Bound) -> bool {
        // A node must be kept in mind even where it is the page's own.
        let chosen = self.groups.iter().any(|name| name.starts_with("node "));
        if self.literal == line && !chosen {
            return true;
        }
        let Some(found) = self.regex.as_ref().and_then(|regex| regex.captures(line)) else {
            return false;
        };
        let mut new = bound.clone();
        for (number, name) in self.groups.iter().enumerate() {
            let value = found.get(number + 1).map_or("", |value| value.as_str());
            if new.entry(name.clone()).or_insert_with(|| value.to_owned()) != value {
                return false;
            }
        }
        *bound = new;
        true
    }
}

/// How the nodes in an output are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placing {
    /// The command is about nodes: each is itself.
    Exact,
    /// All on one node: on which one, the scheduler decides.
    Together,
    /// On several nodes: on any.
    Anywhere,
}

/// Writes the pattern of a line, from left to right.
struct Writer<'w> {
    line: &'w str,
    ages: &'w Ages,
    world: &'w World,
    placing: Placing,
    regex: String,
    groups: Vec<String>,
    generated: bool,
}

impl Writer<'_> {
    /// Writes what stands at `at`; how long it is.
    fn step(&mut self, at: usize) -> usize {
        let rest = &self.line[at..];
        let blanks = rest.len() - rest.trim_start().len();
        if blanks > 0 {
            self.regex
                .push_str(if blanks == rest.len() { r"\s*" } else { r"\s+" });
            return blanks;
        }
        if rest.starts_with("[..]") {
            self.regex.push_str(".*?");
            return 4;
        }
        let length = self
            .placeholder(rest)
            .or_else(|| self.age(at))
            .or_else(|| self.shape(at))
            .or_else(|| self.name(at));
        length.unwrap_or_else(|| {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            self.regex.push_str(&regex::escape(&rest[..length]));
            length
        })
    }

    fn placeholder(&mut self, rest: &str) -> Option<usize> {
        let found = PLACEHOLDER.as_ref()?.find(rest)?;
        self.groups.push(found.as_str().to_owned());
        self.regex.push_str(r"(\S+?)");
        self.generated = true;
        Some(found.len())
    }

    fn age(&mut self, at: usize) -> Option<usize> {
        let found = AGE_FOUND.as_ref()?.find(&self.line[at..])?;
        if !self.is_free(at, at + found.len()) || !self.ages.holds(at, self.line) {
            return None;
        }
        self.regex
            .push_str(&format!(r"(?:{AGE})(?: \(x\d+ over (?:{AGE})\))?"));
        Some(found.len())
    }

    fn shape(&mut self, at: usize) -> Option<usize> {
        let rest = &self.line[at..];
        let shape = KNOWN.iter().find_map(|shape| {
            let found = shape.found.find(rest)?;
            let end = at + found.len();
            let fits = match shape.before {
                Before::Word => {
                    self.is_free(at, end)
                        || (found.as_str().ends_with('/') && self.is_free(at, end - 1))
                }
                Before::Part => {
                    let is_part = |neighbour: Option<char>| {
                        neighbour.is_some_and(|neighbour| neighbour.is_ascii_alphanumeric())
                    };
                    !is_part(self.line[..at].chars().last())
                        && !is_part(self.line[end..].chars().next())
                }
                Before::Name => {
                    self.line[..at]
                        .chars()
                        .last()
                        .is_some_and(|last| last.is_ascii_alphanumeric())
                        && self.ends(end)
                }
            };
            (fits && !FIXED.contains(&found.as_str())).then_some((shape, found.len()))
        });
        let (shape, length) = shape?;
        self.regex.push_str(shape.accepted);
        self.generated |= shape.generated;
        Some(length)
    }

    /// A name that this run has another word for, or a node.
    fn name(&mut self, at: usize) -> Option<usize> {
        let rest = &self.line[at..];
        let world = self.world;
        if let Some((page, here)) = world
            .names
            .iter()
            .find(|(page, _)| rest.starts_with(page.as_str()) && self.is_free(at, at + page.len()))
        {
            self.regex.push_str(&format!(
                "(?:{}|{})",
                regex::escape(page),
                regex::escape(here)
            ));
            return Some(page.len());
        }
        let worker = world.workers.iter().find(|worker| {
            rest.starts_with(worker.as_str()) && self.is_free(at, at + worker.len())
        })?;
        let any: Vec<String> = world
            .workers
            .iter()
            .map(|worker| regex::escape(worker))
            .collect();
        match self.placing {
            Placing::Exact => return None,
            Placing::Anywhere => self.regex.push_str(&format!("(?:{})", any.join("|"))),
            Placing::Together => {
                self.groups.push(format!("node {worker}"));
                self.regex.push_str(&format!("({})", any.join("|")));
            }
        }
        Some(worker.len())
    }

    /// No part of a longer word.
    fn is_free(&self, start: usize, end: usize) -> bool {
        let before = self.line[..start].chars().last();
        before.is_none_or(|last| !last.is_ascii_alphanumeric() && last != '-' && last != '_')
            && self.ends(end)
    }

    fn ends(&self, end: usize) -> bool {
        self.line[end..]
            .chars()
            .next()
            .is_none_or(|next| !next.is_ascii_alphanumeric() && next != '-' && next != '_')
    }
}
