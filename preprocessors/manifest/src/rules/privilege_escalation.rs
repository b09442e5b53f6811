//! `privilege-escalation`: who is privileged cannot be kept from becoming it.

use super::names::json;
use super::{Object, Part, error};
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
        let span = context.key("allowPrivilegeEscalation");
        let finding = object
            .finding_at(&RULE, span, &context.path)
            .with("value", as_the_server_prints(&context));
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

/// The fields of a container's security context, in the order and with the names of the server's own type.
const FIELDS: [(&str, &str); 12] = [
    ("Capabilities", "capabilities"),
    ("Privileged", "privileged"),
    ("SELinuxOptions", "seLinuxOptions"),
    ("WindowsOptions", "windowsOptions"),
    ("RunAsUser", "runAsUser"),
    ("RunAsGroup", "runAsGroup"),
    ("RunAsNonRoot", "runAsNonRoot"),
    ("ReadOnlyRootFilesystem", "readOnlyRootFilesystem"),
    ("AllowPrivilegeEscalation", "allowPrivilegeEscalation"),
    ("ProcMount", "procMount"),
    ("SeccompProfile", "seccompProfile"),
    ("AppArmorProfile", "appArmorProfile"),
];

fn as_the_server_prints(context: &Part<'_>) -> String {
    let value = |part: &Part<'_>, field: &str| {
        let part = part.field(field);
        part.map_or_else(|| "null".to_owned(), |part| json(part.node))
    };
    let pairs = FIELDS.map(|(title, field)| match (field, context.field(field)) {
        ("capabilities", Some(part)) => {
            let (add, drop) = (value(&part, "add"), value(&part, "drop"));
            format!("\"{title}\":{{\"Add\":{add},\"Drop\":{drop}}}")
        }
        ("seccompProfile" | "appArmorProfile", Some(part)) => {
            let (kind, file) = (value(&part, "type"), value(&part, "localhostProfile"));
            format!("\"{title}\":{{\"Type\":{kind},\"LocalhostProfile\":{file}}}")
        }
        _ => format!("\"{title}\":{}", value(context, field)),
    });
    format!("{{{}}}", pairs.join(","))
}
