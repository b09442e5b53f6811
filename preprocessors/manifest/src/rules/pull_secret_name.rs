//! `pull-secret-name`: a pull secret without a name is none.

use super::{Object, warning};
use crate::yaml::Value;
use crate::{Finding, Rule};

pub(super) static RULE: Rule = warning("pull-secret-name");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for pod in object.pods() {
        for secret in pod.spec.list("imagePullSecrets") {
            let nameless = !secret.has("name") || secret.text("name") == Some("");
            let map = matches!(secret.node.value, Value::Map(_) | Value::Null);
            if map && nameless {
                let path = format!("{}.name", secret.path);
                findings.push(object.finding_at(&RULE, secret.head(), &path));
            }
        }
    }
}
