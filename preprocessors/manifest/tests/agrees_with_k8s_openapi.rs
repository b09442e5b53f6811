//! The schemas of 1.37 beside those of an independent source, the crate `k8s-openapi`: the same definitions have the
//! same fields, of the same types.
//!
//! A file of its own, since that crate takes long to build.

use k8s_openapi::schemars::generate::SchemaSettings;
use ladder_manifest::{Version, fields};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_shared_definitions_have_the_same_fields_of_the_same_types() {
    let theirs = their_definitions();
    let mut ours: BTreeMap<&str, BTreeSet<(String, String)>> = BTreeMap::new();
    for field in fields(Version::NEWEST) {
        ours.entry(field.definition)
            .or_default()
            .insert((field.name.to_owned(), field.of));
    }
    let mut compared = 0;
    for (name, definition) in &ours {
        let Some(properties) = theirs
            .get(*name)
            .and_then(|schema| schema["properties"].as_object())
        else {
            continue;
        };
        let properties: BTreeSet<(String, String)> = properties
            .iter()
            .map(|(field, schema)| (field.clone(), words(schema, &theirs)))
            .collect();
        assert_eq!(definition, &properties, "{name}");
        compared += 1;
    }
    assert!(
        compared > 600,
        "only {compared} of {} are shared",
        ours.len()
    );
}

macro_rules! subschemas {
    ($generator:ident, $($kind:path),* $(,)?) => { $( let _ = $generator.subschema_for::<$kind>(); )* };
}

/// Every definition that leads from a kind.
fn their_definitions() -> Map<String, Value> {
    use k8s_openapi::{api, apiextensions_apiserver, apimachinery, kube_aggregator};
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    subschemas!(
        generator,
        api::admissionregistration::v1::MutatingAdmissionPolicy,
        api::admissionregistration::v1::MutatingAdmissionPolicyBinding,
        api::admissionregistration::v1::MutatingWebhookConfiguration,
        api::admissionregistration::v1::ValidatingAdmissionPolicy,
        api::admissionregistration::v1::ValidatingAdmissionPolicyBinding,
        api::admissionregistration::v1::ValidatingWebhookConfiguration,
        api::admissionregistration::v1alpha1::MutatingAdmissionPolicy,
        api::admissionregistration::v1alpha1::MutatingAdmissionPolicyBinding,
        api::admissionregistration::v1beta1::MutatingAdmissionPolicy,
        api::admissionregistration::v1beta1::MutatingAdmissionPolicyBinding,
        api::apiserverinternal::v1alpha1::StorageVersion,
        api::apps::v1::ControllerRevision,
        api::apps::v1::DaemonSet,
        api::apps::v1::Deployment,
        api::apps::v1::ReplicaSet,
        api::apps::v1::StatefulSet,
        api::authentication::v1::SelfSubjectReview,
        api::authentication::v1::TokenRequest,
        api::authentication::v1::TokenReview,
        api::authorization::v1::LocalSubjectAccessReview,
        api::authorization::v1::SelfSubjectAccessReview,
        api::authorization::v1::SelfSubjectRulesReview,
        api::authorization::v1::SubjectAccessReview,
        api::autoscaling::v1::HorizontalPodAutoscaler,
        api::autoscaling::v1::Scale,
        api::autoscaling::v2::HorizontalPodAutoscaler,
        api::batch::v1::CronJob,
        api::batch::v1::Job,
        api::certificates::v1::CertificateSigningRequest,
        api::certificates::v1::ClusterTrustBundle,
        api::certificates::v1::PodCertificateRequest,
        api::certificates::v1beta1::ClusterTrustBundle,
        api::certificates::v1beta1::PodCertificateRequest,
        api::coordination::v1::Lease,
        api::coordination::v1alpha2::LeaseCandidate,
        api::coordination::v1beta1::LeaseCandidate,
        api::core::v1::Binding,
        api::core::v1::ComponentStatus,
        api::core::v1::ConfigMap,
        api::core::v1::Endpoints,
        api::core::v1::Event,
        api::core::v1::LimitRange,
        api::core::v1::Namespace,
        api::core::v1::Node,
        api::core::v1::PersistentVolume,
        api::core::v1::PersistentVolumeClaim,
        api::core::v1::Pod,
        api::core::v1::PodTemplate,
        api::core::v1::ReplicationController,
        api::core::v1::ResourceQuota,
        api::core::v1::Secret,
        api::core::v1::Service,
        api::core::v1::ServiceAccount,
        api::discovery::v1::EndpointSlice,
        api::events::v1::Event,
        api::flowcontrol::v1::FlowSchema,
        api::flowcontrol::v1::PriorityLevelConfiguration,
        api::lifecycle::v1alpha1::Eviction,
        api::lifecycle::v1alpha1::EvictionRequest,
        api::networking::v1::Ingress,
        api::networking::v1::IngressClass,
        api::networking::v1::IPAddress,
        api::networking::v1::NetworkPolicy,
        api::networking::v1::ServiceCIDR,
        api::node::v1::RuntimeClass,
        api::policy::v1::Eviction,
        api::policy::v1::PodDisruptionBudget,
        api::rbac::v1::ClusterRole,
        api::rbac::v1::ClusterRoleBinding,
        api::rbac::v1::Role,
        api::rbac::v1::RoleBinding,
        api::resource::v1::DeviceClass,
        api::resource::v1::DeviceTaintRule,
        api::resource::v1::ResourceClaim,
        api::resource::v1::ResourceClaimTemplate,
        api::resource::v1::ResourceSlice,
        api::resource::v1alpha3::DeviceTaintRule,
        api::resource::v1alpha3::ResourcePoolStatusRequest,
        api::resource::v1beta1::DeviceClass,
        api::resource::v1beta1::ResourceClaim,
        api::resource::v1beta1::ResourceClaimTemplate,
        api::resource::v1beta1::ResourceSlice,
        api::resource::v1beta2::DeviceClass,
        api::resource::v1beta2::DeviceTaintRule,
        api::resource::v1beta2::ResourceClaim,
        api::resource::v1beta2::ResourceClaimTemplate,
        api::resource::v1beta2::ResourceSlice,
        api::scheduling::v1::PriorityClass,
        api::scheduling::v1alpha3::CompositePodGroup,
        api::scheduling::v1alpha3::PodGroup,
        api::scheduling::v1alpha3::Workload,
        api::scheduling::v1beta1::PodGroup,
        api::scheduling::v1beta1::Workload,
        api::storage::v1::CSIDriver,
        api::storage::v1::CSINode,
        api::storage::v1::CSIStorageCapacity,
        api::storage::v1::StorageClass,
        api::storage::v1::VolumeAttachment,
        api::storage::v1::VolumeAttributesClass,
        api::storagemigration::v1::StorageVersionMigration,
        api::storagemigration::v1beta1::StorageVersionMigration,
        apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition,
        apimachinery::pkg::apis::meta::v1::APIGroup,
        apimachinery::pkg::apis::meta::v1::APIVersions,
        apimachinery::pkg::apis::meta::v1::Status,
        kube_aggregator::pkg::apis::apiregistration::v1::APIService,
    );
    generator.take_definitions(false)
}

/// A type in the words of [`fields`].
fn words(schema: &Value, definitions: &Map<String, Value>) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return match (name.rsplit('.').next(), definitions.get(name)) {
            (Some("IntOrString"), _) => "int or string".to_owned(),
            (Some("Quantity"), _) => "quantity".to_owned(),
            // Its author chose an object for what may be any JSON.
            (Some("JSON"), _) => "any".to_owned(),
            (_, Some(target)) if target["properties"].is_object() => name.to_owned(),
            (_, Some(target)) => words(target, definitions),
            (_, None) => format!("{name}, which is not there"),
        };
    }
    let format = schema["format"]
        .as_str()
        .map(|format| format!(" {format}"))
        .unwrap_or_default();
    match schema["type"].as_str() {
        Some("array") => format!("array of {}", words(&schema["items"], definitions)),
        Some("object") if schema["additionalProperties"].is_object() => {
            format!(
                "map of {}",
                words(&schema["additionalProperties"], definitions)
            )
        }
        Some(name) => format!("{name}{format}"),
        None => "any".to_owned(),
    }
}
