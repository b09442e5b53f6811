//! `privilege-escalation`: who is privileged cannot be kept from becoming it.

use super::{Object, error};
use crate::yaml::Value;
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("privilege-escalation");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for container in object.containers() {
        let Some(context) = container.part.field("securityContext") else {
            continue;
        };
        let Some(escalation) = context.field("allowPrivilegeEscalation") else {
            continue;
        };
        if escalation.node.value != Value::Bool(false) {
            continue;
        }
        let finding = object.finding_at(
            &RULE,
            context.key("allowPrivilegeEscalation"),
            &context.path,
        );
        if context.is_true("privileged") {
            let other = context.key("privileged");
            findings.push(finding.saying("privileged").also(other, "other"));
            continue;
        }
        let capabilities = context.field("capabilities");
        let added = capabilities.map_or(Vec::new(), |capabilities| capabilities.list("add"));
        // The server looks for this spelling alone, which the runtime knows as SYS_ADMIN.
        if let Some(added) = added
            .iter()
            .find(|added| added.node.as_str() == Some("CAP_SYS_ADMIN"))
        {
            let other = added.node.span.clone();
            findings.push(finding.saying("capability").also(other, "other"));
        }
    }
}
