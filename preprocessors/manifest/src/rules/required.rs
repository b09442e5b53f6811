//! `missing-field` in Services, Jobs, claims, roles and the like, where the kind or another field asks for a field.
//!
//! One line per field: a field is here when an API server was seen to ask for it.

use super::{MISSING_FIELD, Object, Part};
use crate::Finding;
use crate::yaml::{Node, Value};

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let mut ask = Ask { object, findings };
    match (object.kind.group, object.kind.kind) {
        ("", "Service") => ask.service(),
        ("", "PersistentVolumeClaim") | ("apps", "StatefulSet") => ask.claims(),
        ("", "PersistentVolume") => ask.volume(),
        ("", "LimitRange") => ask.limits(),
        ("discovery.k8s.io", "EndpointSlice") => ask.each("Endpoint", "addresses"),
        ("networking.k8s.io", "Ingress") => {
            ask.each("HTTPIngressRuleValue", "paths");
            ask.each("IngressServiceBackend", "name");
        }
        ("networking.k8s.io", "IngressClass") => ask.within("spec", "controller", ""),
        ("storage.k8s.io", "StorageClass") => ask.top("provisioner"),
        ("batch", _) => ask.jobs(),
        ("rbac.authorization.k8s.io", _) => ask.access(),
        ("autoscaling", "HorizontalPodAutoscaler") => ask.autoscaler(),
        _ => {}
    }
}

struct Ask<'a, 'o> {
    object: &'a Object<'o>,
    findings: &'a mut Vec<Finding>,
}

impl<'o> Ask<'_, 'o> {
    fn service(&mut self) {
        let Some(spec) = self.object.part("spec") else {
            return;
        };
        let external = spec.text("type") == Some("ExternalName");
        if external {
            self.field(&spec, "externalName", "");
        } else if spec.text("clusterIP") != Some("None") {
            self.field(&spec, "ports", "");
        }
        let ports = spec.list("ports");
        for port in ports.iter().filter(|_| ports.len() > 1) {
            self.field(port, "name", "");
        }
    }

    /// Of a claim, or of the template of one.
    fn claims(&mut self) {
        for spec in self.object.parts("PersistentVolumeClaimSpec") {
            self.claim(spec);
        }
    }

    fn claim(&mut self, spec: Part<'o>) {
        self.field(&spec, "accessModes", "at least 1 access mode is required");
        let path = format!("{}.resources[storage]", spec.path);
        let resources = spec.field("resources");
        let requests = resources
            .as_ref()
            .and_then(|resources| resources.field("requests"));
        if !requests
            .as_ref()
            .is_some_and(|requests| is_set(requests, "storage"))
        {
            let holder = requests.or(resources).unwrap_or_else(|| spec.clone());
            self.say(&holder, "storage", &path, "");
        }
        for source in ["dataSource", "dataSourceRef"] {
            if let Some(source) = spec.field(source) {
                // Of one in which nothing is set the server takes no notice.
                if is_set(&source, "name") || is_set(&source, "kind") {
                    self.field(&source, "name", "");
                    self.field(&source, "kind", "");
                }
            }
        }
    }

    fn volume(&mut self) {
        let Some(spec) = self.object.part("spec") else {
            return;
        };
        self.field(&spec, "accessModes", "");
        self.field(&spec, "capacity", "");
        if let Some(local) = spec.field("local")
            && !is_set(&spec, "nodeAffinity")
        {
            self.field(&local, "path", "");
            self.field(&spec, "nodeAffinity", "Local volume requires node affinity");
        }
        for (source, fields) in [
            ("hostPath", &["path"][..]),
            ("nfs", &["server", "path"]),
            ("csi", &["driver", "volumeHandle"]),
        ] {
            for field in fields {
                if let Some(source) = spec.field(source) {
                    self.field(&source, field, "");
                }
            }
        }
    }

    fn limits(&mut self) {
        const DETAIL: &str =
            "either minimum or maximum storage value is required, but neither was provided";
        for item in self.object.parts("LimitRangeItem") {
            let bounded = ["min", "max"]
                .into_iter()
                .filter_map(|bound| item.field(bound));
            if item.text("type") == Some("PersistentVolumeClaim")
                && !bounded.into_iter().any(|bound| is_set(&bound, "storage"))
            {
                let path = format!("{}.limits", item.path);
                self.say(&item, "max", &path, DETAIL);
            }
        }
    }

    fn jobs(&mut self) {
        const INDEXED: &str = "when completion mode is Indexed";
        for job in self.object.parts("JobSpec") {
            let cron = self.object.kind.kind == "CronJob";
            // A Job in which neither is set completes once.
            let counted = cron || is_set(&job, "parallelism");
            if job.text("completionMode") == Some("Indexed") && counted {
                self.field(&job, "completions", INDEXED);
            }
            if is_set(&job, "maxFailedIndexes") {
                self.field(
                    &job,
                    "backoffLimitPerIndex",
                    "when maxFailedIndexes is specified",
                );
            }
            if job.is_true("manualSelector") && !job.has("selector") && !cron {
                self.field(&job, "selector", "");
            }
        }
        if let Some(spec) = self.object.part("spec")
            && self.object.kind.kind == "CronJob"
        {
            self.field(&spec, "schedule", "");
        }
    }

    fn access(&mut self) {
        const GROUPS: &str = "resource rules must supply at least one api group";
        const RESOURCES: &str = "resource rules must supply at least one resource";
        for rule in self.object.parts("PolicyRule") {
            self.field(&rule, "verbs", "");
            if rule.list("nonResourceURLs").is_empty() {
                self.field(&rule, "apiGroups", GROUPS);
                self.field(&rule, "resources", RESOURCES);
            }
        }
        for subject in self.object.parts("Subject") {
            self.field(&subject, "name", "");
            if subject.text("kind") == Some("ServiceAccount")
                && self.object.kind.kind == "ClusterRoleBinding"
            {
                self.field(&subject, "namespace", "");
            }
        }
        for role in self.object.parts("RoleRef") {
            self.field(&role, "name", "");
        }
        for rule in self.object.parts("AggregationRule") {
            self.field(
                &rule,
                "clusterRoleSelectors",
                "at least one clusterRoleSelector required if aggregationRule is non-nil",
            );
        }
    }

    fn autoscaler(&mut self) {
        if let Some(spec) = self.object.part("spec")
            && spec.integer("maxReplicas") == Some(0)
        {
            self.say(&spec, "maxReplicas", "spec.maxReplicas", "");
        }
        for reference in self.object.parts("CrossVersionObjectReference") {
            self.field(&reference, "name", "");
            self.field(&reference, "kind", "");
        }
        for rules in self.object.parts("HPAScalingRules") {
            if rules
                .node
                .get("policies")
                .is_some_and(|list| matches!(&list.value, Value::List(items) if items.is_empty()))
            {
                self.field(&rules, "policies", "must specify at least one Policy");
            }
        }
    }

    /// A field at the top of the object.
    fn top(&mut self, field: &str) {
        if let Some(entry) = self.object.root.entry(field)
            && is_empty(&entry.value)
        {
            let node = self.object.root;
            let top = Part {
                node,
                path: String::new(),
                key: None,
            };
            self.say(&top, field, field, "");
        }
    }

    fn within(&mut self, holder: &str, field: &str, detail: &'static str) {
        if let Some(part) = self.object.part(holder) {
            self.field(&part, field, detail);
        }
    }

    fn each(&mut self, definition: &str, field: &str) {
        for part in self.object.parts(definition) {
            self.field(&part, field, "");
        }
    }

    fn field(&mut self, holder: &Part<'o>, field: &str, detail: &'static str) {
        if !is_set(holder, field) {
            let path = format!("{}.{field}", holder.path);
            self.say(holder, field, &path, detail);
        }
    }

    fn say(&mut self, holder: &Part<'o>, field: &str, path: &str, detail: &'static str) {
        let entry = holder.node.entry(field);
        let span = entry.map_or_else(
            || self.object.lacking(holder),
            |entry| entry.key_span.clone(),
        );
        let finding = self.object.finding_at(&MISSING_FIELD, span, path);
        let finding = finding.saying(if detail.is_empty() {
            "required"
        } else {
            "detail"
        });
        let advice = if entry.is_some() { "null" } else { "add" };
        let finding = finding
            .with("field", path)
            .with("name", field)
            .with("detail", detail);
        self.findings.push(finding.advising(advice));
    }
}

fn is_set(holder: &Part<'_>, field: &str) -> bool {
    holder.node.get(field).is_some_and(|node| !is_empty(node))
}

fn is_empty(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        _ => false,
    }
}
