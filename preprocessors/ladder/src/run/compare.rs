//! Compares what a page says a command prints with what it printed.
//!
//! `...` stands for any lines, `[..]` for anything within one, `[NAME]` for a value that stays the same wherever it is repeated;
//! widths of columns and empty lines at the end do not count; rows with names that Kubernetes made may come in any order; what
//! `kubectl rollout status` and `kubectl wait --for=delete` say while they wait is not compared. Knows no page. Next: `shape.rs` knows what varies within a line.

use super::shape::{self, Ages, Bound, Pattern, Placing, World};

/// What a command must print, ready to be compared.
#[derive(Debug)]
pub(crate) struct Expected {
    lines: Vec<Line>,
    /// The command waits, and says on the way what it still has to wait for.
    waits: Option<Waiting>,
    /// The order of rows is asked for.
    sorted: bool,
}

/// What a command waits for.
#[derive(Clone, Copy, Debug)]
enum Waiting {
    /// `rollout status` says how far it is as often as it likes.
    Rollout,
    /// `wait --for=delete` names what was still there when it began.
    Deletion,
}

#[derive(Debug)]
enum Line {
    /// `...`
    Any,
    Said {
        pattern: Pattern,
        header: bool,
        empty: bool,
    },
}

/// A line of an output beside what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Expected line, printed line.
    Same(usize, usize),
    /// Only in the page.
    Missing(usize),
    /// Only printed.
    Extra(usize),
}

impl Expected {
    /// Reads the lines of a page.
    pub(crate) fn new(command: &str, lines: &[&str], world: &World) -> Expected {
        let placing = placing(command, lines, world);
        let mut ages = Ages::default();
        let lines = lines.iter().map(|line| {
            if *line == "..." {
                return Line::Any;
            }
            let header = shape::is_header(line);
            match Ages::under(line) {
                Some(columns) => ages = columns,
                None if line.trim().is_empty() => ages = Ages::default(),
                None => {}
            }
            Line::Said {
                pattern: Pattern::new(line.trim_end(), &ages, world, placing),
                header,
                empty: line.trim().is_empty(),
            }
        });
        Expected {
            lines: lines.collect(),
            waits: Waiting::of(command),
            // Times have no more than seconds: the order within one is nobody's.
            sorted: command.contains("--sort-by") && !command.contains("Timestamp"),
        }
    }

    /// Whether `output` says the same; what the placeholders stand for is kept in `bound` if so.
    pub(crate) fn is(&self, output: &str, bound: &mut Bound) -> bool {
        let expected: Vec<&Line> = self.cut(
            self.lines
                .iter()
                .filter(|line| !self.is_progress(line))
                .collect(),
        );
        let printed = printed(output)
            .into_iter()
            .filter(|line| !self.waits.is_some_and(|waiting| waiting.is_progress(line)))
            .collect::<Vec<_>>();
        let mut now = bound.clone();
        // Nodes are chosen anew for each output.
        now.retain(|name, _| !name.starts_with("node "));
        let same = self.match_from(&expected, &printed, &mut now);
        if same {
            *bound = now;
        }
        same
    }

    fn is_progress(&self, line: &Line) -> bool {
        matches!((line, self.waits), (Line::Said { pattern, .. }, Some(waiting)) if waiting.is_progress(pattern.literal()))
    }

    fn cut<'l>(&self, mut lines: Vec<&'l Line>) -> Vec<&'l Line> {
        while matches!(lines.last(), Some(Line::Said { empty: true, .. })) {
            lines.pop();
        }
        lines
    }

    fn match_from(&self, expected: &[&Line], printed: &[&str], bound: &mut Bound) -> bool {
        match expected.first() {
            None => printed.is_empty(),
            Some(Line::Any) => (0..=printed.len()).any(|skipped| {
                let mut now = bound.clone();
                let same = self.match_from(&expected[1..], &printed[skipped..], &mut now);
                if same {
                    *bound = now;
                }
                same
            }),
            Some(Line::Said {
                pattern, header, ..
            }) => {
                let Some(line) = printed.first() else {
                    return false;
                };
                let mut now = bound.clone();
                if !pattern.accepts(line, &mut now) {
                    return false;
                }
                let in_order = self.match_from(&expected[1..], &printed[1..], &mut now);
                if in_order
                    || (*header
                        && !self.sorted
                        && self.rows_in_any_order(&expected[1..], &printed[1..], &mut now))
                {
                    *bound = now;
                    return true;
                }
                false
            }
        }
    }

    /// The rows of a table, to the next empty line; then what follows.
    fn rows_in_any_order(&self, expected: &[&Line], printed: &[&str], bound: &mut Bound) -> bool {
        let rows = expected
            .iter()
            .take_while(|line| !matches!(line, Line::Said { empty: true, .. }))
            .count();
        let lines = printed
            .iter()
            .take_while(|line| !line.trim().is_empty())
            .count();
        let patterns: Vec<&Pattern> = expected[..rows]
            .iter()
            .filter_map(|line| line.pattern())
            .collect();
        let free = patterns.len() < rows;
        let varied = patterns.iter().any(|pattern| pattern.generated);
        if !varied || (free && lines < patterns.len()) || (!free && lines != patterns.len()) {
            return false;
        }
        let Some(assigned) = assign(&patterns, &printed[..lines]) else {
            return false;
        };
        let consistent = patterns
            .iter()
            .zip(assigned)
            .all(|(pattern, line)| pattern.accepts(printed[line], bound));
        consistent && self.match_from(&expected[rows..], &printed[lines..], bound)
    }

    /// The lines side by side, for people: what is only in one of them stands out.
    pub(crate) fn beside(&self, output: &str, bound: &Bound) -> Vec<Beside> {
        let printed = printed(output);
        let same = |line: &Line, other: &str| match line {
            Line::Any => false,
            Line::Said { pattern, .. } => pattern.accepts(other, &mut bound.clone()),
        };
        let lines = longest(self.lines.len(), printed.len(), |left, right| {
            same(&self.lines[left], printed[right])
        });
        self.consistent(lines, &printed, bound)
    }

    /// Lines that are the same each for itself, but not together: a placeholder stands for something else than before.
    fn consistent(&self, lines: Vec<Beside>, printed: &[&str], bound: &Bound) -> Vec<Beside> {
        let mut now = bound.clone();
        now.retain(|name, _| !name.starts_with("node "));
        let mut all = Vec::new();
        for line in lines {
            match line {
                Beside::Same(left, right)
                    if self.lines[left]
                        .pattern()
                        .is_some_and(|pattern| !pattern.accepts(printed[right], &mut now)) =>
                {
                    all.extend([Beside::Missing(left), Beside::Extra(right)]);
                }
                _ => all.push(line),
            }
        }
        all
    }
}

impl Line {
    fn pattern(&self) -> Option<&Pattern> {
        match self {
            Line::Any => None,
            Line::Said { pattern, .. } => Some(pattern),
        }
    }
}

/// The lines of an output without the empty ones at its end.
pub(crate) fn printed(output: &str) -> Vec<&str> {
    let lines: Vec<&str> = output.lines().map(str::trim_end).collect();
    let end = lines
        .iter()
        .rposition(|line| !line.is_empty())
        .map_or(0, |last| last + 1);
    lines[..end].to_vec()
}

impl Waiting {
    fn of(command: &str) -> Option<Waiting> {
        match command {
            _ if command.contains("rollout status") => Some(Waiting::Rollout),
            _ if command.contains("kubectl wait") && command.contains("--for=delete") => {
                Some(Waiting::Deletion)
            }
            _ => None,
        }
    }

    /// Whether a line is only said on the way.
    fn is_progress(self, line: &str) -> bool {
        match self {
            Waiting::Rollout => line.starts_with("Waiting for ") && line.ends_with("..."),
            Waiting::Deletion => line.ends_with(" condition met"),
        }
    }
}

/// Nodes count where a command is about them. Else the scheduler chooses; but three Pods or more on one node are there for a
/// reason, and must be together again.
fn placing(command: &str, lines: &[&str], world: &World) -> Placing {
    let command = command.to_ascii_lowercase().replace(".spec.nodename", "");
    if ["node", "cordon", "drain"]
        .iter()
        .any(|word| command.contains(word))
    {
        return Placing::Exact;
    }
    let is_name = |character: char| character.is_ascii_alphanumeric() || character == '-';
    let words = lines
        .iter()
        .flat_map(|line| line.split(move |character| !is_name(character)));
    let named: Vec<&str> = words
        .filter(|word| world.workers.iter().any(|worker| worker == word))
        .collect();
    match named.first() {
        Some(first) if named.len() > 2 && named.iter().all(|name| name == first) => {
            Placing::Together
        }
        _ => Placing::Anywhere,
    }
}

/// A line for each pattern, each line once: augmenting paths, as rows that look alike may be exchanged.
fn assign(patterns: &[&Pattern], lines: &[&str]) -> Option<Vec<usize>> {
    let accepts: Vec<Vec<usize>> = patterns
        .iter()
        .map(|pattern| {
            (0..lines.len())
                .filter(|line| pattern.accepts(lines[*line], &mut Bound::new()))
                .collect()
        })
        .collect();
    let mut taken: Vec<Option<usize>> = vec![None; lines.len()];
    for pattern in 0..patterns.len() {
        if !augment(pattern, &accepts, &mut taken, &mut vec![false; lines.len()]) {
            return None;
        }
    }
    (0..patterns.len())
        .map(|pattern| taken.iter().position(|taker| *taker == Some(pattern)))
        .collect()
}

fn augment(
    pattern: usize,
    accepts: &[Vec<usize>],
    taken: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for &line in &accepts[pattern] {
        if std::mem::replace(&mut seen[line], true) {
            continue;
        }
        if taken[line].is_none_or(|other| augment(other, accepts, taken, seen)) {
            taken[line] = Some(pattern);
            return true;
        }
    }
    false
}

/// The longest common subsequence of two lists, as one list.
fn longest(left: usize, right: usize, same: impl Fn(usize, usize) -> bool) -> Vec<Beside> {
    let mut common = vec![vec![0_usize; right + 1]; left + 1];
    for row in (0..left).rev() {
        for column in (0..right).rev() {
            common[row][column] = match same(row, column) {
                true => common[row + 1][column + 1] + 1,
                false => common[row + 1][column].max(common[row][column + 1]),
            };
        }
    }
    let (mut row, mut column, mut lines) = (0, 0, Vec::new());
    while row < left || column < right {
        if row < left && column < right && same(row, column) {
            lines.push(Beside::Same(row, column));
            (row, column) = (row + 1, column + 1);
        } else if column == right
            || (row < left && common[row + 1][column] >= common[row][column + 1])
        {
            lines.push(Beside::Missing(row));
            row += 1;
        } else {
            lines.push(Beside::Extra(column));
            column += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> World {
        World {
            names: vec![("default".to_owned(), "ladder".to_owned())],
            workers: vec!["kind-worker".to_owned(), "kind-worker2".to_owned()],
        }
    }

    fn same_of(command: &str, expected: &str, output: &str) -> bool {
        let lines: Vec<&str> = expected.lines().collect();
        Expected::new(command, &lines, &world()).is(output, &mut Bound::new())
    }

    fn same(expected: &str, output: &str) -> bool {
        same_of("kubectl get pods", expected, output)
    }

    #[test]
    fn names_ages_and_widths_of_a_table_vary() {
        let expected = "NAME                   READY   STATUS    RESTARTS     AGE\nweb-84db55964f-2w8n7   1/1     Running   1 (2s ago)   4s";
        assert!(same(
            expected,
            "NAME                  READY   STATUS    RESTARTS       AGE\nweb-77f84d4cf-h4kc5   1/1     Running   1 (3m9s ago)   46m\n"
        ));
        assert!(!same(
            expected,
            "NAME                  READY   STATUS    RESTARTS       AGE\nweb-77f84d4cf-h4kc5   0/1     Running   1 (3m9s ago)   46m\n"
        ));
        assert!(!same(
            expected,
            "NAME                  READY   STATUS    RESTARTS   AGE\nshop-77f84d4cf-h4kc5   1/1     Running   1 (2s ago)   46m\n"
        ));
    }

    #[test]
    fn an_age_is_one_only_where_ages_stand() {
        assert!(!same("    cpu:     100m", "    cpu:     200m"));
        assert!(!same(
            "Tolerations: node.kubernetes.io/not-ready:NoExecute op=Exists for 300s",
            "Tolerations: node.kubernetes.io/not-ready:NoExecute op=Exists for 30s"
        ));
        assert!(same(
            "  Type    Reason     Age   From\n  Normal  Scheduled  5s    default-scheduler",
            "  Type    Reason     Age               From\n  Normal  Scheduled  5s (x3 over 9s)   default-scheduler"
        ));
    }

    #[test]
    fn a_word_is_not_taken_for_a_random_name() {
        assert!(!same("pod/web-green created", "pod/web-white created"));
        assert!(!same("pod/shop created", "pod/shop-x7k2p created"));
        assert!(!same("host 127.0.0.1", "host 10.0.0.1"));
    }

    #[test]
    fn elisions_stand_for_any_lines_or_for_part_of_one() {
        assert!(same("a\n...\nz", "a\nb\nc\nz"));
        assert!(same("a\n...\nz", "a\nz"));
        assert!(!same("a\n...\nz", "a\nb"));
        assert!(same("memory: [..]", "memory: 16Gi"));
        assert!(!same("memory: [..]", "cpu: 4"));
    }

    #[test]
    fn a_placeholder_stays_the_same() {
        assert!(same("pod/[POD]\nlogs of [POD]", "pod/web-1\nlogs of web-1"));
        assert!(!same(
            "pod/[POD]\nlogs of [POD]",
            "pod/web-1\nlogs of web-2"
        ));
        let mut bound = Bound::new();
        assert!(Expected::new("x", &["uid [UID]"], &world()).is("uid 5", &mut bound));
        assert!(!Expected::new("x", &["uid [UID]"], &world()).is("uid 6", &mut bound));
    }

    #[test]
    fn rows_with_random_names_come_in_any_order_unless_sorted() {
        let expected = "NAME        READY\nweb-2w8n7   0/1\nweb-nv7sf   1/1";
        let output = "NAME        READY\nweb-bbbbb   1/1\nweb-ccccc   0/1\n";
        assert!(same(expected, output));
        assert!(!same_of(
            "kubectl get pods --sort-by=.status.phase",
            expected,
            output
        ));
        assert!(!same(
            expected,
            "NAME        READY\nweb-bbbbb   1/1\nweb-ccccc   1/1\n"
        ));
        assert!(!same(
            "NAME   READY\na      0/1\nb      1/1",
            "NAME   READY\nb      1/1\na      0/1"
        ));
    }

    #[test]
    fn a_pod_may_be_on_another_node_but_what_is_together_stays_together() {
        let table = |nodes: &[&str]| {
            let rows = nodes.iter().map(|node| format!("\nweb-2w8n7   {node}"));
            format!("NAME        NODE{}", rows.collect::<String>())
        };
        let (one, two) = ("kind-worker", "kind-worker2");
        assert!(same(&table(&[two, two, two]), &table(&[one, one, one])));
        assert!(!same(&table(&[two, two, two]), &table(&[one, two, one])));
        assert!(same(&table(&[two, two]), &table(&[one, two])));
        assert!(same(&table(&[one, two, two]), &table(&[one, one, one])));
        assert!(!same(&table(&[one]), &table(&["kind-control-plane"])));
        assert!(!same_of(
            "kubectl get nodes",
            &table(&[one]),
            &table(&[two])
        ));
    }

    #[test]
    fn a_line_that_differs_only_beside_the_others_stands_out() {
        let expected = Expected::new("x", &["a [POD]", "b [POD]"], &world());
        assert_eq!(
            expected.beside("a web-1\nb web-2", &Bound::new()),
            [Beside::Same(0, 0), Beside::Missing(1), Beside::Extra(1)]
        );
    }

    #[test]
    fn what_a_text_in_quotes_holds_varies_too() {
        let line = |version| {
            format!(
                r#"{{"a":"{{\"resourceVersion\":\"{version}\"}}","resourceVersion":"{version}"}}"#
            )
        };
        assert!(same(&line("123"), &line("45678")));
        assert!(same(
            "--- /tmp/LIVE-3730799039/apps.v1.Deployment.x.web",
            "--- /tmp/LIVE-17/apps.v1.Deployment.x.web"
        ));
        assert!(!same(&line("123"), &line("x")));
        let volume = |uid| format!("Path: /volumes/pvc-{uid}_shop_notes");
        let (first, second) = (
            "3cef6f3d-1695-42d3-99b9-fc9df4c5b660",
            "8def8759-5dda-40e5-9b85-14737277a57d",
        );
        assert!(same(&volume(first), &volume(second)));
    }

    #[test]
    fn the_namespace_of_the_run_has_its_own_name() {
        assert!(same(
            "No resources found in default namespace.",
            "No resources found in ladder namespace."
        ));
        assert!(!same(
            "No resources found in default namespace.",
            "No resources found in shop namespace."
        ));
    }

    #[test]
    fn what_a_rollout_says_on_the_way_is_not_compared() {
        let done = "deployment \"web\" successfully rolled out";
        let way = "Waiting for deployment \"web\" rollout to finish: 0 of 1 updated replicas are available...";
        assert!(same_of(
            "kubectl rollout status deploy/web",
            &format!("{way}\n{done}"),
            done
        ));
        assert!(same_of(
            "kubectl rollout status deploy/web",
            done,
            &format!("{way}\n{way}\n{done}")
        ));
    }

    #[test]
    fn what_is_gone_already_is_not_waited_for() {
        assert!(same_of(
            "kubectl wait --for=delete pod --all",
            "pod/web-2w8n7 condition met",
            ""
        ));
        assert!(!same_of(
            "kubectl wait --for=condition=Ready pod/web",
            "pod/web condition met",
            ""
        ));
    }

    #[test]
    fn indentation_counts_and_empty_lines_at_the_end_do_not() {
        assert!(!same("spec:\n  replicas: 5", "spec:\n    replicas: 5"));
        assert!(same("a\n\n", "a"));
        assert!(same("a", "a\n\n"));
        assert!(!same("a\n\nb", "a\nb"));
    }

    #[test]
    fn lines_are_laid_side_by_side() {
        let expected = Expected::new("x", &["a", "b", "d"], &world());
        assert_eq!(
            expected.beside("a\nc\nd", &Bound::new()),
            [
                Beside::Same(0, 0),
                Beside::Missing(1),
                Beside::Extra(1),
                Beside::Same(2, 2)
            ]
        );
    }
}
