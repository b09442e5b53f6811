//! The list of everything that can be found in a manifest, and the rules beyond the schema.
//!
//! What the reading of YAML and the walk along the schema find are rules without a check of their own. A rule beyond
//! the schema is one file in `rules/`: its [`Rule`], and a `check` that is named in [`CHECKS`].
//! Every code has its words in `messages/`, and its page in `explain/`; `tests/in_step.rs` compares them all.

mod access_modes;
mod active_deadline;
mod addresses;
mod admission_rule;
mod affinity_weight;
mod affinity_without_selector;
mod autoscaler_metric;
mod autoscaler_range;
mod cel;
mod cel_expression;
mod claim_not_declared;
mod cluster_ips_mismatch;
mod config_data;
mod crd_name;
mod crd_protected_group;
mod crd_schema;
mod crd_storage_version;
mod crd_word;
mod cron_schedule;
mod deprecated_field;
mod disruption_budget;
mod dns_config;
mod docker_config;
mod duplicate_env;
mod duplicate_name;
mod duplicate_service_port;
mod empty_selector;
mod end_port;
mod env_name;
mod env_source;
mod ephemeral_container;
mod field_path;
mod file_mode;
mod fractional_bytes;
mod gate_name;
mod host_port;
mod ignored_field;
mod image_spaces;
mod ingress_backend;
mod ingress_class_twice;
mod ingress_path;
mod init_container;
mod invalid_address;
mod invalid_annotation;
mod invalid_config_key;
mod invalid_finalizer;
mod invalid_host;
mod invalid_label;
mod invalid_name;
mod invalid_namespace;
mod invalid_percent;
mod invalid_qualified_name;
mod invalid_reference;
mod invalid_selector;
mod job_restart_policy;
mod job_selector;
mod limit_range;
mod local_profile;
mod missing_field;
mod mount_path;
mod mount_propagation;
mod names;
mod needs_indexed;
mod negative_grace_period;
mod negative_number;
mod negative_quantity;
mod network_policy_peer;
mod node_affinity;
mod node_port_range;
mod node_taint;
mod not_positive;
mod number_range;
mod object;
mod owner_reference;
mod pod_failure_policy;
mod pod_labels;
mod pod_names;
mod pod_security_label;
mod policy_validations;
mod port_name;
mod port_range;
mod priority_by_hand;
mod privilege_escalation;
mod probe_handler;
mod probe_header;
mod probe_settings;
mod progress_deadline;
mod projected_path;
mod pull_secret_name;
mod quota_resource;
mod recreate_with_rolling_update;
mod repeated_entry;
mod request_over_limit;
mod required;
mod resource_name;
mod resources;
mod role_reference;
mod role_rule;
mod rollout_blocked;
mod scale_target;
mod secret_data_missing;
mod selector_mismatch;
mod service_type_conflict;
mod shared_processes;
mod storage_size;
mod sub_path;
mod syntax;
mod sysctl_name;
mod template_deadline;
mod template_restart_policy;
mod time_zone;
mod toleration;
mod topology_spread;
mod unsupported_value;
mod update_strategy;
mod user_range;
mod volume_device;
mod volume_not_declared;
mod volume_path;
mod volume_source;
mod volume_type;
mod webhook_client;
mod webhook_name;
mod whole_resource;

use crate::words::Words;
use crate::yaml;
use crate::{Finding, Rule, Severity};
pub(crate) use object::{Container, Object, Part, Pod, Role};

/// The words of every rule in this crate.
pub(crate) static WORDS: Words = Words::new(
    include_str!("../messages/en.toml"),
    include_str!("../messages/zh.toml"),
);

/// Everything that can be found in a manifest.
pub static RULES: &[&Rule] = &[
    &yaml::NOT_UTF8,
    &yaml::YAML_SYNTAX,
    &yaml::YAML_VALUE,
    &yaml::YAML_LIMIT,
    &yaml::DUPLICATE_KEY,
    &yaml::INVISIBLE_CHARACTER,
    &yaml::TEXT_AFTER_END,
    &UNKNOWN_FIELD,
    &MISSING_FIELD,
    &WRONG_TYPE,
    &WRONG_FORMAT,
    &UNSUPPORTED_VALUE,
    &UNKNOWN_KIND,
    &WRONG_VERSION,
    &REMOVED_API,
    &DEPRECATED_API,
    &UNKNOWN_FRAGMENT,
    &invalid_name::RULE,
    &invalid_label::RULE,
    &invalid_annotation::RULE,
    &invalid_selector::RULE,
    &empty_selector::RULE,
    &selector_mismatch::RULE,
    &template_restart_policy::RULE,
    &template_deadline::RULE,
    &negative_number::RULE,
    &recreate_with_rolling_update::RULE,
    &rollout_blocked::RULE,
    &invalid_percent::RULE,
    &progress_deadline::RULE,
    &update_strategy::RULE,
    &invalid_config_key::RULE,
    &config_data::RULE,
    &secret_data_missing::RULE,
    &docker_config::RULE,
    &invalid_finalizer::RULE,
    &owner_reference::RULE,
    &invalid_namespace::RULE,
    &pod_security_label::RULE,
    &not_positive::RULE,
    &policy_validations::RULE,
    &webhook_name::RULE,
    &webhook_client::RULE,
    &crd_name::RULE,
    &crd_word::RULE,
    &crd_protected_group::RULE,
    &crd_storage_version::RULE,
    &crd_schema::RULE,
    &service_type_conflict::RULE,
    &duplicate_service_port::RULE,
    &node_port_range::RULE,
    &invalid_address::RULE,
    &invalid_host::RULE,
    &invalid_reference::RULE,
    &invalid_qualified_name::RULE,
    &cluster_ips_mismatch::RULE,
    &ingress_backend::RULE,
    &ingress_path::RULE,
    &ingress_class_twice::RULE,
    &network_policy_peer::RULE,
    &end_port::RULE,
    &job_restart_policy::RULE,
    &needs_indexed::RULE,
    &job_selector::RULE,
    &pod_failure_policy::RULE,
    &cron_schedule::RULE,
    &time_zone::RULE,
    &autoscaler_range::RULE,
    &autoscaler_metric::RULE,
    &scale_target::RULE,
    &disruption_budget::RULE,
    &number_range::RULE,
    &role_rule::RULE,
    &role_reference::RULE,
    &access_modes::RULE,
    &storage_size::RULE,
    &volume_source::RULE,
    &image_spaces::RULE,
    &duplicate_name::RULE,
    &port_range::RULE,
    &port_name::RULE,
    &host_port::RULE,
    &env_name::RULE,
    &env_source::RULE,
    &field_path::RULE,
    &volume_not_declared::RULE,
    &mount_path::RULE,
    &sub_path::RULE,
    &volume_path::RULE,
    &mount_propagation::RULE,
    &probe_handler::RULE,
    &probe_settings::RULE,
    &probe_header::RULE,
    &init_container::RULE,
    &volume_device::RULE,
    &privilege_escalation::RULE,
    &local_profile::RULE,
    &sysctl_name::RULE,
    &user_range::RULE,
    &dns_config::RULE,
    &file_mode::RULE,
    &volume_type::RULE,
    &toleration::RULE,
    &node_affinity::RULE,
    &affinity_weight::RULE,
    &topology_spread::RULE,
    &active_deadline::RULE,
    &shared_processes::RULE,
    &priority_by_hand::RULE,
    &gate_name::RULE,
    &ephemeral_container::RULE,
    &projected_path::RULE,
    &claim_not_declared::RULE,
    &request_over_limit::RULE,
    &negative_quantity::RULE,
    &resource_name::RULE,
    &whole_resource::RULE,
    &duplicate_env::RULE,
    &repeated_entry::RULE,
    &fractional_bytes::RULE,
    &negative_grace_period::RULE,
    &affinity_without_selector::RULE,
    &deprecated_field::RULE,
    &pull_secret_name::RULE,
    &limit_range::RULE,
    &quota_resource::RULE,
    &ignored_field::RULE,
    &cel_expression::RULE,
];

/// The rules beyond the schema.
const CHECKS: &[fn(&Object<'_>, &mut Vec<Finding>)] = &[
    invalid_name::check,
    invalid_label::check,
    invalid_annotation::check,
    invalid_selector::check,
    empty_selector::check,
    selector_mismatch::check,
    template_restart_policy::check,
    template_deadline::check,
    negative_number::check,
    recreate_with_rolling_update::check,
    rollout_blocked::check,
    invalid_percent::check,
    progress_deadline::check,
    update_strategy::check,
    invalid_config_key::check,
    config_data::check,
    secret_data_missing::check,
    docker_config::check,
    invalid_finalizer::check,
    owner_reference::check,
    invalid_namespace::check,
    pod_security_label::check,
    not_positive::check,
    policy_validations::check,
    webhook_name::check,
    webhook_client::check,
    crd_name::check,
    crd_word::check,
    crd_protected_group::check,
    crd_storage_version::check,
    crd_schema::check,
    admission_rule::check,
    required::check,
    service_type_conflict::check,
    duplicate_service_port::check,
    node_port_range::check,
    invalid_address::check,
    invalid_host::check,
    invalid_reference::check,
    invalid_qualified_name::check,
    cluster_ips_mismatch::check,
    ingress_backend::check,
    ingress_path::check,
    ingress_class_twice::check,
    network_policy_peer::check,
    end_port::check,
    job_restart_policy::check,
    needs_indexed::check,
    job_selector::check,
    pod_failure_policy::check,
    cron_schedule::check,
    time_zone::check,
    autoscaler_range::check,
    autoscaler_metric::check,
    scale_target::check,
    disruption_budget::check,
    number_range::check,
    role_rule::check,
    role_reference::check,
    access_modes::check,
    storage_size::check,
    volume_source::check,
    pod_names::check,
    missing_field::check,
    unsupported_value::check,
    image_spaces::check,
    duplicate_name::check,
    port_name::check,
    host_port::check,
    env_name::check,
    env_source::check,
    field_path::check,
    volume_not_declared::check,
    mount_path::check,
    sub_path::check,
    volume_path::check,
    mount_propagation::check,
    probe_handler::check,
    probe_settings::check,
    probe_header::check,
    init_container::check,
    volume_device::check,
    privilege_escalation::check,
    local_profile::check,
    sysctl_name::check,
    user_range::check,
    dns_config::check,
    file_mode::check,
    volume_type::check,
    toleration::check,
    node_affinity::check,
    affinity_weight::check,
    topology_spread::check,
    active_deadline::check,
    shared_processes::check,
    priority_by_hand::check,
    gate_name::check,
    ephemeral_container::check,
    projected_path::check,
    claim_not_declared::check,
    request_over_limit::check,
    negative_quantity::check,
    resource_name::check,
    whole_resource::check,
    duplicate_env::check,
    repeated_entry::check,
    fractional_bytes::check,
    negative_grace_period::check,
    affinity_without_selector::check,
    deprecated_field::check,
    pull_secret_name::check,
    port_range::check,
    limit_range::check,
    quota_resource::check,
    ignored_field::check,
    cel_expression::check,
    pod_labels::check,
    node_taint::check,
];

pub(crate) static UNKNOWN_FIELD: Rule = error("unknown-field");
pub(crate) static MISSING_FIELD: Rule = error("missing-field");
pub(crate) static WRONG_TYPE: Rule = error("wrong-type");
pub(crate) static WRONG_FORMAT: Rule = error("wrong-format");
pub(crate) static UNSUPPORTED_VALUE: Rule = error("unsupported-value");
pub(crate) static UNKNOWN_KIND: Rule = warning("unknown-kind");
pub(crate) static WRONG_VERSION: Rule = error("wrong-version");
pub(crate) static REMOVED_API: Rule = error("removed-api");
pub(crate) static DEPRECATED_API: Rule = warning("deprecated-api");
pub(crate) static UNKNOWN_FRAGMENT: Rule = error("unknown-fragment");

const fn error(code: &'static str) -> Rule {
    Rule {
        code,
        severity: Severity::Error,
        words: &WORDS,
    }
}

const fn warning(code: &'static str) -> Rule {
    Rule {
        code,
        severity: Severity::Warning,
        words: &WORDS,
    }
}

/// Asks every rule beyond the schema.
pub(crate) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for check in CHECKS {
        check(object, findings);
    }
}

/// Puts the words of rules in the place of what the walk along the schema said of the same values.
pub(crate) fn amend(object: &Object<'_>, walk: &mut Vec<Finding>, beyond: &[Finding]) {
    update_strategy::amend(object, walk, beyond);
    node_taint::amend(object, walk);
}
