//! `node-port-range`: a port on every node lies in the range that clusters keep for this.
//!
//! 30000 to 32767, unless a cluster was started with another `--service-node-port-range`.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("node-port-range");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = object.part("spec").filter(|_| object.is("", &["Service"])) else {
        return;
    };
    // On any other type the port is wrong anyway, whatever its number.
    if !["NodePort", "LoadBalancer"].contains(&spec.text("type").unwrap_or_default()) {
        return;
    }
    for port in spec.list("ports") {
        let outside = |number: &i64| *number != 0 && !(30000..=32767).contains(number);
        let number = port.integer("nodePort").filter(outside);
        if let (Some(number), Some(part)) = (number, port.field("nodePort")) {
            let finding = object.finding(&RULE, part.node, &part.path);
            findings.push(finding.with("value", number.to_string()));
        }
    }
}
