//! `dns-config`: with `dnsPolicy: None` a pod brings its own name servers, and it has three at most.

use super::names::json;
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("dns-config");

const SERVERS: usize = 3;

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let config = pod.spec.field("dnsConfig");
        let servers = config
            .as_ref()
            .map_or(Vec::new(), |config| config.list("nameservers"));
        let path = format!("{}.dnsConfig", pod.spec.path);
        if pod.spec.text("dnsPolicy") == Some("None") && servers.is_empty() {
            let (span, path, variant) = match &config {
                None => (pod.spec.key("dnsPolicy"), path.clone(), "missing"),
                Some(_) => (
                    pod.spec.key("dnsConfig"),
                    format!("{path}.nameservers"),
                    "servers",
                ),
            };
            let finding = object.finding_at(&RULE, span, &path);
            findings.push(finding.saying(variant).advising("add"));
        }
        if let Some(extra) = servers.get(SERVERS) {
            let finding = object.finding(&RULE, extra.node, &format!("{path}.nameservers"));
            let all = config.and_then(|config| config.field("nameservers"));
            let all = all.map_or(String::new(), |all| json(all.node));
            findings.push(finding.saying("many").advising("many").with("value", all));
        }
    }
}
