//! Which kind an object says it is, and what is wrong with how it says it.
//!
//! Knows `apiVersion` and `kind`, nothing of the rest of an object. Next: [`crate::walk`] checks the rest.

use crate::lifecycle::{self, Change};
use crate::rules::{
    DEPRECATED_API, MISSING_FIELD, REMOVED_API, UNKNOWN_KIND, WRONG_TYPE, WRONG_VERSION,
};
use crate::schema::{Kind, Releases, Schema};
use crate::walk::first_line;
use crate::yaml::{Entry, Node};
use crate::{Finding, Rule};

/// What an object is taken for.
#[derive(Default)]
pub(crate) struct Identity {
    /// The kind to check it against, and the releases in which to.
    pub(crate) kind: Option<(&'static Kind, Releases)>,
    /// A key that stands for `apiVersion` or `kind` and is not one of them.
    pub(crate) misspelt: Option<String>,
    pub(crate) findings: Vec<Finding>,
}

/// Configuration of programs, in the shape of an object: no API server keeps it. `v1` `Config` is kubectl's own file.
pub(crate) fn is_configuration(api_version: &str, kind: &str) -> bool {
    const GROUPS: [&str; 5] = [
        "kubeadm.k8s.io",
        "audit.k8s.io",
        "kind.x-k8s.io",
        "client.authentication.k8s.io",
        "apiserver.k8s.io",
    ];
    let group = group(api_version);
    group.ends_with("config.k8s.io")
        || GROUPS.contains(&group)
        || (api_version == "v1" && kind == "Config")
}

/// Finds out what an object is.
pub(crate) fn identify(
    schema: &'static Schema,
    source: &str,
    root: &Node<'_>,
    asked: Releases,
) -> Identity {
    let head = Head {
        schema,
        source,
        root,
        asked,
    };
    match (head.text("apiVersion"), head.text("kind")) {
        (Text::Is(api_version, version_node), Text::Is(kind, kind_node)) => {
            head.known(api_version, version_node, kind, kind_node)
        }
        (version, kind) => head.incomplete(&version, &kind),
    }
}

struct Head<'h> {
    schema: &'static Schema,
    source: &'h str,
    root: &'h Node<'h>,
    asked: Releases,
}

enum Text<'h> {
    Is(&'h str, &'h Node<'h>),
    Other(&'h Entry<'h>),
    Missing,
}

impl<'h> Head<'h> {
    fn text(&self, key: &str) -> Text<'h> {
        let Some(entry) = self.root.entry(key) else {
            return Text::Missing;
        };
        match entry.value.as_str() {
            Some("") => Text::Missing,
            Some(text) => Text::Is(text, &entry.value),
            None if entry.value.is_null() => Text::Missing,
            None => Text::Other(entry),
        }
    }

    fn finding(&self, rule: &'static Rule, node: &Node<'_>, path: &str) -> Finding {
        let mut finding = Finding::new(rule, node.span.clone()).at(path);
        finding.versions = self.asked.iter().collect();
        finding
    }

    /// One of the two is missing, or no text.
    fn incomplete(&self, api_version: &Text<'h>, kind: &Text<'h>) -> Identity {
        let mut identity = Identity::default();
        if let (Text::Missing, Text::Missing) = (api_version, kind) {
            let finding = self
                .missing("apiVersion", &mut identity)
                .saying("neither")
                .advising("neither");
            identity.findings.push(finding);
            return identity;
        }
        let known = match kind {
            Text::Is(kind, _) => self.schema.best(kind, self.asked),
            _ => None,
        };
        for (key, text) in [("apiVersion", api_version), ("kind", kind)] {
            let finding = match text {
                Text::Missing => self.missing(key, &mut identity),
                Text::Other(entry) => self.no_text(key, entry),
                Text::Is(..) => continue,
            };
            identity.findings.push(match known {
                Some(known) if finding.advice == "apiVersion" => finding
                    .with("meant", known.api_version())
                    .with("kind", known.kind)
                    .advising("apiVersion-known"),
                _ => finding,
            });
        }
        identity.kind = known.map(|kind| (kind, kind.releases.and(self.asked)));
        identity
    }

    fn missing(&self, key: &'static str, identity: &mut Identity) -> Finding {
        let misspelt = self
            .root
            .entries()
            .iter()
            .find(|entry| entry.key != key && entry.key.eq_ignore_ascii_case(key));
        let span = misspelt.map_or_else(
            || first_line(self.source, &self.root.span),
            |entry| entry.key_span.clone(),
        );
        identity.misspelt = misspelt.map(|entry| entry.key.to_string());
        let mut finding = self
            .finding(&MISSING_FIELD, self.root, key)
            .saying("not-set")
            .with("field", key);
        finding.span = span;
        match misspelt {
            Some(entry) => finding.with("name", &*entry.key).advising("case"),
            None => finding.advising(key),
        }
    }

    fn no_text(&self, key: &str, entry: &Entry<'_>) -> Finding {
        let written = entry.value.written(self.source);
        self.finding(&WRONG_TYPE, &entry.value, key)
            .saying("head")
            .advising("head")
            .with("field", key)
            .with("written", written)
    }

    fn known(
        &self,
        api_version: &str,
        version_node: &Node<'_>,
        kind: &str,
        kind_node: &Node<'_>,
    ) -> Identity {
        let exact = self
            .schema
            .kinds_named(kind)
            .find(|known| known.api_version() == api_version);
        if let Some(exact) = exact {
            return self.served(exact, version_node);
        }
        if let Some(change) = lifecycle::removed_long_ago(api_version, kind) {
            return self.gone(&change, api_version, kind, version_node, self.asked);
        }
        let mut identity = Identity::default();
        let meant = self.meant(api_version, kind);
        let Some(meant) = meant else {
            identity
                .findings
                .push(self.unknown(api_version, kind, kind_node));
            return identity;
        };
        let wrong_kind = meant.kind != kind;
        let (node, path) = if wrong_kind {
            (kind_node, "kind")
        } else {
            (version_node, "apiVersion")
        };
        let finding = self
            .finding(&WRONG_VERSION, node, path)
            .with("kind", kind)
            .with("version", api_version)
            .with("meant", meant.kind)
            .with("meant-version", meant.api_version())
            .advising(match (wrong_kind, meant.api_version() == api_version) {
                (true, true) => "kind",
                (true, false) => "both",
                (false, _) => "version",
            });
        identity.findings.push(finding);
        identity.kind = Some((meant, meant.releases.and(self.asked)));
        identity
    }

    /// A kind that the schemas have under just this version.
    fn served(&self, kind: &'static Kind, version_node: &Node<'_>) -> Identity {
        let served = kind.releases.and(self.asked);
        let lacking = self.asked.without(served);
        let after: Releases = lacking
            .iter()
            .filter(|version| kind.releases.last().is_some_and(|last| *version > last))
            .collect();
        let before = lacking.without(after);
        let mut identity = Identity::default();
        if !after.is_empty() {
            let change = lifecycle::removed(self.schema, kind, after);
            identity = self.gone(&change, &kind.api_version(), kind.kind, version_node, after);
        }
        if !before.is_empty() {
            let since = kind
                .releases
                .first()
                .map(|first| first.to_string())
                .unwrap_or_default();
            let mut finding = self
                .finding(&WRONG_VERSION, version_node, "apiVersion")
                .with("kind", kind.kind)
                .with("version", kind.api_version())
                .with("since", since)
                .advising("later");
            finding.versions = before.iter().collect();
            identity.findings.push(finding);
        }
        if let Some((change, releases)) =
            lifecycle::deprecated(self.schema, kind, served).filter(|_| after.is_empty())
        {
            let finding = self.changed(
                &DEPRECATED_API,
                &change,
                &kind.api_version(),
                kind.kind,
                version_node,
                releases,
            );
            identity.findings.push(finding);
        }
        identity.kind = (!served.is_empty()).then_some((kind, served));
        identity
    }

    fn gone(
        &self,
        change: &Change,
        api_version: &str,
        kind: &str,
        node: &Node<'_>,
        releases: Releases,
    ) -> Identity {
        let finding = self.changed(&REMOVED_API, change, api_version, kind, node, releases);
        Identity {
            findings: vec![finding],
            ..Identity::default()
        }
    }

    fn changed(
        &self,
        rule: &'static Rule,
        change: &Change,
        api_version: &str,
        kind: &str,
        node: &Node<'_>,
        releases: Releases,
    ) -> Finding {
        let finding = self
            .finding(rule, node, "apiVersion")
            .with("kind", kind)
            .with("version", api_version)
            .with("release", &change.release);
        let mut finding = match &change.replacement {
            Some((version, replacement)) if replacement == kind => {
                finding.with("use", version).advising("version")
            }
            Some((version, replacement)) => finding
                .with("use", version)
                .with("use-kind", replacement)
                .advising("kind"),
            None if kind == "PodSecurityPolicy" => finding.advising("pod-security-policy"),
            None => finding.advising("nothing"),
        };
        finding.versions = releases.iter().collect();
        finding
    }

    /// No kind of Kubernetes' own is like it.
    fn unknown(&self, api_version: &str, kind: &str, node: &Node<'_>) -> Finding {
        let group = group(api_version);
        let own = self.schema.has_group(group)
            || !group.contains('.')
            || api_version.matches('/').count() > 1;
        let rule = if own { &WRONG_VERSION } else { &UNKNOWN_KIND };
        let finding = self
            .finding(rule, node, "kind")
            .with("kind", kind)
            .with("version", api_version);
        if own {
            finding.advising("unknown")
        } else {
            finding
        }
    }

    /// The kind that is most likely meant by one that is not there.
    fn meant(&self, api_version: &str, kind: &str) -> Option<&'static Kind> {
        let group = group(api_version);
        let own = self.schema.has_group(group) || !group.contains('.');
        let same_name = self.schema.kinds_named(kind).next().is_some();
        // Groups with a dot are anybody's: a Service may be Knative's. Only what is nearly one of ours is taken for it.
        let nearly_own = group.ends_with(".k8s.io") && !group.ends_with(".x-k8s.io");
        let taken_for_ours = own || (same_name && nearly_own);
        if !taken_for_ours {
            return None;
        }
        let name = if same_name {
            kind
        } else {
            self.kind_like(kind)?
        };
        let of_version = |known: &&'static Kind| known.api_version() == api_version;
        self.schema
            .kinds_named(name)
            .find(of_version)
            .or_else(|| self.schema.best(name, self.asked))
    }

    /// The kind under its plural, short or differently written name, or one or two letters away.
    fn kind_like(&self, text: &str) -> Option<&'static str> {
        let lower = text.to_lowercase();
        let names = || self.schema.kinds.iter().map(|kind| kind.kind);
        let by_case = names().find(|name| name.to_lowercase() == lower);
        let by_spelling = || {
            self.schema
                .spellings
                .iter()
                .find(|names| names.others.contains(&&*lower))
                .map(|names| names.kind)
        };
        let by_typing = || {
            names()
                .map(|name| (strsim::osa_distance(&name.to_lowercase(), &lower), name))
                .filter(|(distance, name)| *distance <= 2 && name.len() >= 5)
                .min_by_key(|(distance, _)| *distance)
                .map(|(_, name)| name)
        };
        by_case.or_else(by_spelling).or_else(by_typing)
    }
}

/// The part of an `apiVersion` before the slash; nothing for the core group.
fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}
