//! Which APIs are gone, which are on their way out, and what to use instead.
//!
//! What was dropped since 1.29 shows in the schemas; what was dropped before stands in `data/removed.tsv`, since old
//! texts are full of it. Next: [`crate::identity`] asks for the kind of every object.

use crate::Version;
use crate::schema::{Kind, Releases, Schema};

static REMOVED: &str = include_str!("../data/removed.tsv");
static DEPRECATED: &str = include_str!("../data/deprecated.tsv");

/// An API that is gone or going.
#[derive(Debug, PartialEq)]
pub(crate) struct Change {
    /// The release that dropped it or spoke against it: `1.22`.
    pub(crate) release: String,
    /// `apiVersion` and `kind` to use instead, if anything took its place.
    pub(crate) replacement: Option<(String, String)>,
}

/// What became of an API that was gone before 1.29.
pub(crate) fn removed_long_ago(api_version: &str, kind: &str) -> Option<Change> {
    change(REMOVED, api_version, kind)
}

/// When a kind was dropped that is in the schemas of releases before those in `asked`.
pub(crate) fn removed(schema: &'static Schema, kind: &Kind, asked: Releases) -> Change {
    let next = kind.releases.last().map_or(0, |last| last.minor() + 1);
    let replacement = schema
        .best(kind.kind, asked)
        .filter(|best| best.group == kind.group);
    Change {
        release: format!("1.{next}"),
        replacement: replacement.map(|best| (best.api_version(), best.kind.to_owned())),
    }
}

/// Whether a kind that is still served is spoken against, and in which of the releases.
pub(crate) fn deprecated(
    schema: &'static Schema,
    kind: &Kind,
    served: Releases,
) -> Option<(Change, Releases)> {
    if let Some(change) = change(DEPRECATED, &kind.api_version(), kind.kind) {
        let since = |version: &Version| {
            change
                .release
                .strip_prefix("1.")
                .and_then(|minor| minor.parse().ok())
                .is_none_or(|minor: u8| version.minor() >= minor)
        };
        let releases: Releases = served.iter().filter(since).collect();
        return (!releases.is_empty()).then_some((change, releases));
    }
    let stable = schema.kinds_named(kind.kind).find(|other| {
        other.group == kind.group && other.stability() == 2 && kind.stability() < 2
    })?;
    let releases = stable.releases.and(served);
    let release = stable
        .releases
        .first()
        .map(|first| first.to_string())
        .unwrap_or_default();
    let replacement = Some((stable.api_version(), stable.kind.to_owned()));
    (!releases.is_empty()).then_some((
        Change {
            release,
            replacement,
        },
        releases,
    ))
}

fn change(table: &str, api_version: &str, kind: &str) -> Option<Change> {
    table.lines().skip(1).find_map(|line| {
        let mut columns = line.split('\t');
        if columns.next()? != api_version || columns.next()? != kind {
            return None;
        }
        let release = columns.next()?.to_owned();
        let replacement = columns
            .next()
            .zip(columns.next())
            .filter(|(version, _)| !version.is_empty());
        Some(Change {
            release,
            replacement: replacement.map(|(version, kind)| (version.to_owned(), kind.to_owned())),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_to_replace_a_removed_api_is_there() {
        for line in REMOVED
            .lines()
            .chain(DEPRECATED.lines())
            .filter(|line| !line.starts_with("apiVersion"))
        {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 5, "{line}");
            let there = Schema::get()
                .kinds_named(columns[4])
                .any(|kind| kind.api_version() == columns[3]);
            assert!(there || columns[3].is_empty(), "{line}");
            assert!(there || columns[4].is_empty(), "{line}");
        }
    }

    #[test]
    fn what_is_said_to_be_removed_is_not_there() {
        for line in REMOVED.lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let there = Schema::get()
                .kinds_named(columns[1])
                .any(|kind| kind.api_version() == columns[0]);
            assert!(!there, "{line}");
        }
    }
}
