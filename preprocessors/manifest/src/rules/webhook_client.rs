//! `webhook-client`: the server calls a webhook at one place, and only over TLS.
//!
//! <https://github.com/kubernetes/apiserver/blob/master/pkg/util/webhook/validation.go>.

use super::names::quoted;
use super::webhook_name::webhooks;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("webhook-client");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let configs = webhooks(object).into_iter();
    for config in configs.filter_map(|webhook| webhook.field("clientConfig")) {
        match (config.field("url"), config.field("service")) {
            (Some(_), Some(second)) => {
                let span = object.lacking(&second);
                let finding = object.finding_at(&RULE, span, &config.path);
                findings.push(finding.saying("one").advising("one"));
            }
            (None, None) => {
                let finding = object.finding_at(&RULE, object.lacking(&config), &config.path);
                findings.push(finding.saying("one").advising("one"));
            }
            (Some(url), None) => {
                let scheme = url.node.as_str().and_then(scheme);
                if let Some(scheme) = scheme.filter(|scheme| *scheme != "https") {
                    let finding = object.finding(&RULE, url.node, &url.path);
                    let finding = finding.saying("scheme").advising("scheme");
                    findings.push(finding.with("value", quoted(scheme)));
                }
            }
            (None, Some(service)) => {
                if let Some(path) = service.field("path")
                    && let Some(text) = path.node.as_str()
                    && !text.is_empty()
                    && !text.starts_with('/')
                {
                    let finding = object.finding(&RULE, path.node, &path.path);
                    let finding = finding.saying("path").with("value", quoted(text));
                    findings.push(finding.advising("path"));
                }
            }
        }
    }
}

/// What stands before `://`: nothing where no colon is at all; of anything else nothing is known.
fn scheme(url: &str) -> Option<&str> {
    match url.split_once("://") {
        Some((scheme, _)) => Some(scheme),
        None => (!url.is_empty() && !url.contains([':', '%', ' '])).then_some(""),
    }
}
