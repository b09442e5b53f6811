//! The requests and limits of containers and of a pod as a whole, as the rules about them see them.

use super::{Object, Part};
use crate::scalar::{Amount, amount};
use crate::yaml::{Entry, Node, Value};

/// The resources of one container, or of a pod.
pub(super) struct Resources<'o> {
    pub(super) part: Part<'o>,
    /// Those of the pod as a whole.
    pub(super) of_pod: bool,
}

/// What is asked for or allowed of one resource.
pub(super) struct Share<'o> {
    pub(super) entry: &'o Entry<'o>,
    /// `requests` or `limits`.
    pub(super) list: &'static str,
    /// `…resources.limits[cpu]`.
    pub(super) path: String,
}

impl<'o> Resources<'o> {
    /// All of an object.
    pub(super) fn of(object: &Object<'o>) -> Vec<Resources<'o>> {
        let mut all = Vec::new();
        for pod in object.pods() {
            let of_pod = pod.spec.field("resources").map(|part| (part, true));
            let containers = pod.containers().into_iter();
            let of_containers = containers
                .filter_map(|container| Some((container.part.field("resources")?, false)));
            all.extend(
                of_pod
                    .into_iter()
                    .chain(of_containers)
                    .map(|(part, of_pod)| Resources { part, of_pod }),
            );
        }
        all
    }

    /// Each resource in `requests` or `limits`.
    pub(super) fn shares(&self, list: &'static str) -> Vec<Share<'o>> {
        let Some(part) = self.part.field(list) else {
            return Vec::new();
        };
        let share = |entry: &'o Entry<'o>| Share {
            entry,
            list,
            path: format!("{}[{}]", part.path, entry.key),
        };
        part.node.entries().iter().map(share).collect()
    }

    /// All resources: limits first, as the server looks at them.
    pub(super) fn all(&self) -> Vec<Share<'o>> {
        let mut all = self.shares("limits");
        all.extend(self.shares("requests"));
        all
    }
}

impl Share<'_> {
    pub(super) fn name(&self) -> &str {
        &self.entry.key
    }

    pub(super) fn amount(&self) -> Option<Amount> {
        quantity(&self.entry.value)
    }
}

/// The amount that a value is, written as text or as a number.
pub(super) fn quantity(node: &Node<'_>) -> Option<Amount> {
    match &node.value {
        Value::String(text) => amount(text),
        Value::Integer(number) => amount(&number.to_string()),
        Value::Float(number) => amount(&number.to_string()),
        _ => None,
    }
}

/// Whether a resource is none of Kubernetes' own: `nvidia.com/gpu`.
pub(super) fn is_extended(name: &str) -> bool {
    match name.split_once('/') {
        Some((domain, _)) => domain != "kubernetes.io" && !domain.ends_with(".kubernetes.io"),
        None => false,
    }
}

pub(super) fn is_huge_pages(name: &str) -> bool {
    name.starts_with("hugepages-")
}
