//! What each code means, at length: the pages `explain/CODE.{zh,en}.md`, which also are their own tests.
//!
//! Knows markdown only as text. The command `ladder explain` prints a page, the book shows it.

use crate::Language;

/// The page of a code, or nothing for a code of another crate.
pub fn explain(code: &str, language: Language) -> Option<&'static str> {
    let (_, english, chinese) = PAGES.iter().find(|(known, ..)| *known == code)?;
    Some(match language {
        Language::English => english,
        Language::Chinese => chinese,
    })
}

macro_rules! pages {
    ($($code:literal),* $(,)?) => {
        &[$(($code, include_str!(concat!("explain/", $code, ".en.md")), include_str!(concat!("explain/", $code, ".zh.md")))),*]
    };
}

/// Code, English, Chinese.
static PAGES: &[(&str, &str, &str)] = pages![
    "not-utf8",
    "yaml-syntax",
    "yaml-value",
    "yaml-limit",
    "duplicate-key",
    "invisible-character",
    "text-after-end",
    "unknown-field",
    "missing-field",
    "wrong-type",
    "wrong-format",
    "unsupported-value",
    "unknown-kind",
    "wrong-version",
    "removed-api",
    "deprecated-api",
    "unknown-fragment",
    "invalid-name",
    "invalid-label",
    "invalid-annotation",
    "invalid-selector",
    "empty-selector",
    "selector-mismatch",
    "template-restart-policy",
    "template-deadline",
    "negative-number",
    "recreate-with-rolling-update",
    "rollout-blocked",
    "invalid-percent",
    "progress-deadline",
    "update-strategy",
    "invalid-config-key",
    "config-data",
    "secret-data-missing",
    "docker-config",
    "invalid-finalizer",
    "owner-reference",
    "invalid-namespace",
    "pod-security-label",
    "not-positive",
    "policy-validations",
    "webhook-name",
    "webhook-client",
    "crd-name",
    "crd-word",
    "crd-protected-group",
    "crd-storage-version",
    "crd-schema",
    "service-type-conflict",
    "duplicate-service-port",
    "node-port-range",
    "invalid-address",
    "invalid-host",
    "invalid-reference",
    "invalid-qualified-name",
    "cluster-ips-mismatch",
    "ingress-backend",
    "ingress-path",
    "ingress-class-twice",
    "network-policy-peer",
    "end-port",
    "job-restart-policy",
    "needs-indexed",
    "job-selector",
    "pod-failure-policy",
    "cron-schedule",
    "time-zone",
    "autoscaler-range",
    "autoscaler-metric",
    "scale-target",
    "disruption-budget",
    "number-range",
    "role-rule",
    "role-reference",
    "access-modes",
    "storage-size",
    "volume-source",
];
