//! `pod-address`: name servers and aliases of hosts are told by IP address.

use super::{Object, error, syntax};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("pod-address");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        let config = pod.spec.field("dnsConfig");
        let servers = config.map_or(Vec::new(), |config| config.list("nameservers"));
        let aliases = pod.spec.list("hostAliases");
        let aliases = aliases.iter().filter_map(|alias| alias.field("ip"));
        for address in aliases.chain(servers) {
            let Some(text) = address.node.as_str() else {
                continue;
            };
            if !syntax::is_ip(text) {
                let finding = object.finding(&RULE, address.node, &address.path);
                findings.push(finding.with("value", text));
            }
        }
    }
}
