//! Each code on a wrong manifest and, beside it, a right one.

mod support;

use ladder_manifest::{Language, Options, Subject, Version};
use support::{compare, manifest, only};

fn on(versions: &[&str]) -> Options {
    let versions = versions
        .iter()
        .map(|version| version.parse::<Version>().expect("a known release"))
        .collect();
    Options {
        versions,
        ..Options::default()
    }
}

fn part(place: &str) -> Options {
    Options {
        subject: Subject::Fragment(place.to_owned()),
        ..Options::default()
    }
}

/// The English help of the only finding.
#[track_caller]
fn helped(text: &str, help: &str) {
    let finding = only(text, &Options::default());
    assert_eq!(finding.help(Language::English).as_deref(), Some(help));
}

#[test]
fn an_unknown_field_is_pointed_at_by_its_key() {
    manifest(
        "
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: nginx
      imagePullPolcy: Always
      ^^^^^^^^^^^^^^ error[unknown-field] unknown field \"spec.containers[0].imagePullPolcy\"
",
    );
}

#[test]
fn a_known_field_is_not() {
    manifest(
        "
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: nginx
      imagePullPolicy: Always
",
    );
}

#[test]
fn a_misspelt_field_is_told_how_it_is_spelt() {
    helped(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, img: b}]}}",
        "did you mean `image`?",
    );
    helped("{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {Containers: [], containers: [], Hostnetwork: true}}".replace("Containers: [], ", "").as_str(), "did you mean `hostNetwork`?");
    helped(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, pullPolicy: b}]}}",
        "did you mean `imagePullPolicy`?",
    );
}

#[test]
fn a_field_one_level_too_high_is_told_where_it_belongs() {
    helped(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: b}], ports: []}}",
        "`ports` belongs in `spec.containers[0]`: indent it further",
    );
    helped(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, volumes: [], spec: {containers: []}}",
        "`volumes` belongs in `spec`: indent it further",
    );
    helped(
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: b}]}}, volumes: []}}",
        "`volumes` belongs in `spec.template.spec`: indent it further",
    );
}

#[test]
fn a_field_too_deep_or_beside_its_place_is_told_where_it_belongs() {
    helped(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, nodeSelector: {}}]}}",
        "`nodeSelector` belongs in `spec`: check the indentation",
    );
    helped(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [], labels: {}}}",
        "`labels` belongs in `metadata`: check the indentation",
    );
    helped(
        "{apiVersion: v1, kind: Pod, metadata: {name: a, spec: {containers: []}}}",
        "`spec` belongs at the top level of the object: check the indentation",
    );
}

#[test]
fn a_level_too_many_or_too_few_is_told() {
    helped(
        "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, spec: {rules: []}, rules: []}",
        "what stands in it belongs one level up: take `spec:` away",
    );
    helped(
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {app: a}, template: {}}}",
        "keys of your own go into `matchLabels`",
    );
    helped(
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: '@daily', jobTemplate: {}, containers: []}}",
        "`containers` belongs in `spec.jobTemplate.spec.template.spec`: indent it further",
    );
}

#[test]
fn a_field_that_only_newer_releases_have_is_found_once_for_the_others() {
    let text = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [], hostnameOverride: b}}";
    let finding = only(text, &on(&["1.31", "1.33", "1.34", "1.37"]));
    let versions: Vec<String> = finding.versions.iter().map(Version::to_string).collect();
    assert_eq!(versions, ["1.31", "1.33"]);
    assert_eq!(
        finding.help(Language::English).as_deref(),
        Some("this field exists since 1.34")
    );
    compare(text, &on(&["1.34", "1.37"]));
}

#[test]
fn a_missing_field_is_pointed_at_by_the_key_of_the_map_without_it() {
    manifest(
        "
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
^^^^ error[missing-field] spec.selector: Required value
  template:
    spec:
      containers: []
",
    );
}

#[test]
fn a_list_item_without_a_field_is_pointed_at_by_its_first_line() {
    manifest(
        "
apiVersion: v1
kind: Service
metadata:
  name: 前端
        ^^^^ error[invalid-name]
spec:
  ports:
    - name: http
      ^^^^^^^^^^ error[missing-field] spec.ports[0].port: Required value
      targetPort: 80
",
    );
}

#[test]
fn null_is_no_value_for_a_required_field_and_fine_for_all_others() {
    manifest(
        "
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
spec:
  nodeName: ~
  containers:
    - name: null
      ^^^^ error[missing-field] spec.containers[0].name: Required value
      image: nginx
",
    );
}

#[test]
fn an_object_needs_a_name_or_the_beginning_of_one() {
    manifest(
        "
apiVersion: v1
kind: ConfigMap
metadata:
^^^^^^^^ error[missing-field] metadata.name: Required value: name or generateName is required
  labels: {}
",
    );
    manifest(
        "
apiVersion: v1
kind: ConfigMap
metadata:
  generateName: a-
",
    );
}

#[test]
fn a_question_to_the_server_needs_no_name() {
    manifest(
        "
apiVersion: authorization.k8s.io/v1
kind: SelfSubjectAccessReview
spec: {}
",
    );
}

#[test]
fn a_document_without_api_version_and_kind_is_no_object() {
    manifest(
        "
replicas: 3
^^^^^^^^^^^ error[missing-field] apiVersion not set, kind not set
",
    );
}

#[test]
fn a_missing_api_version_is_named_after_the_kind() {
    helped(
        "kind: CronJob\nmetadata: {name: a}\nspec: {schedule: '@daily', jobTemplate: {}}",
        "for a CronJob write `apiVersion: batch/v1`",
    );
    helped(
        "apiversion: v1\nkind: ConfigMap\nmetadata: {name: a}",
        "it is written `apiVersion`, not `apiversion`: capital letters count",
    );
}

#[test]
fn a_boolean_where_text_is_wanted_is_told_how_yaml_reads_it() {
    manifest(
        "
apiVersion: v1
kind: ConfigMap
metadata: { name: a }
data:
  country: no
           ^^ error[wrong-type] cannot unmarshal bool into field data[country] of type string
",
    );
    helped(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: yes}}",
        "without quotes YAML reads `yes` as true: write \"yes\"",
    );
    helped(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: 0644}}",
        "without quotes YAML reads `0644` as 420: write \"0644\"",
    );
    helped(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: 80}}",
        "without quotes YAML reads `80` as a number: write \"80\"",
    );
}

#[test]
fn text_in_quotes_is_text() {
    manifest(
        "
apiVersion: v1
kind: ConfigMap
metadata: { name: a }
data:
  country: 'no'
",
    );
}

#[test]
fn a_number_in_quotes_is_told_to_drop_them() {
    manifest(
        "
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: '80'
            ^^^^ error[wrong-type]
      targetPort: 'web'
",
    );
}

#[test]
fn a_map_where_a_list_is_wanted_and_the_other_way_round() {
    manifest(
        "
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    name: web
    ^^^^^^^^^ error[wrong-type] cannot unmarshal object into field spec.containers of type array
",
    );
    helped(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: [{containers: []}]}",
        "`spec` is a map, not a list: take the `- ` away",
    );
}

#[test]
fn whole_numbers_may_be_written_with_a_fraction_of_nothing() {
    manifest(
        "
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80.0
      targetPort: 80.5
                  ^^^^ error[wrong-type]
",
    );
}

#[test]
fn a_number_beyond_32_bits_does_not_fit() {
    manifest("
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - name: http
      port: 99999999999
            ^^^^^^^^^^^ error[wrong-format] cannot unmarshal number 99999999999 into a field of type int32
    - name: https
      port: 65535
");
}

#[test]
fn a_quantity_has_a_unit_of_its_own() {
    manifest(
        "
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: nginx
      resources:
        limits:
          memory: 128MB
                  ^^^^^ error[wrong-format]
          cpu: 0.5
        requests:
          memory: 128Mi
          cpu: 250m
",
    );
    helped(
        "{apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{type: Pod, max: {memory: 1 Gi}}]}}",
        "write `1Gi`",
    );
}

#[test]
fn a_secret_holds_base64_in_data_and_plain_text_in_string_data() {
    manifest(
        "
apiVersion: v1
kind: Secret
metadata: { name: db }
data:
  password: geheim!
            ^^^^^^^ error[wrong-format] illegal base64 data at input byte 6
  user: YWRtaW4=
stringData:
  note: geheim!
",
    );
}

#[test]
fn a_moment_has_a_date_a_time_and_a_zone() {
    manifest(
        "
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: { name: leader }
spec:
  acquireTime: '2026-01-31'
               ^^^^^^^^^^^^ error[wrong-format]
  renewTime: '2026-01-31T08:00:00.000000Z'
",
    );
}

#[test]
fn a_value_outside_a_known_set_is_told_the_set_in_the_servers_order() {
    manifest("
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  restartPolicy: Onfailure
                 ^^^^^^^^^ error[unsupported-value] Unsupported value: \"Onfailure\": supported values: \"Always\", \"OnFailure\", \"Never\"
  dnsPolicy: Default
  containers: []
");
    helped(
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: nodeport, ports: [{port: 80}]}}",
        "did you mean `NodePort`?",
    );
}

#[test]
fn a_custom_resource_is_only_a_warning() {
    manifest(
        "
apiVersion: serving.knative.dev/v1
kind: Service
      ^^^^^^^ warning[unknown-kind]
metadata: { name: web }
spec: { anything: goes }
",
    );
}

#[test]
fn a_known_kind_under_a_wrong_version_is_told_the_right_one() {
    manifest(
        "
apiVersion: v1
            ^^ error[wrong-version] no matches for kind \"Deployment\" in version \"v1\"
kind: Deployment
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: nginx }] } } }
",
    );
    helped(
        "{apiVersion: networking/v1, kind: Ingress, metadata: {name: a}}",
        "write `apiVersion: networking.k8s.io/v1`",
    );
    helped(
        "{apiVersion: network.k8s.io/v1, kind: Ingress, metadata: {name: a}}",
        "write `apiVersion: networking.k8s.io/v1`",
    );
}

#[test]
fn a_kind_in_the_plural_or_in_small_letters_is_told_its_name() {
    manifest(
        "
apiVersion: apps/v1
kind: deploy
      ^^^^^^ error[wrong-version]
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: nginx }] } } }
",
    );
    helped(
        "{apiVersion: v1, kind: pods, metadata: {name: a}, spec: {containers: []}}",
        "the kind is written `Pod`",
    );
    helped(
        "{apiVersion: v1, kind: Ingres, metadata: {name: a}}",
        "write `apiVersion: networking.k8s.io/v1` and `kind: Ingress`",
    );
}

#[test]
fn a_version_that_older_releases_do_not_have_yet() {
    let text = "{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: a}, spec: {}}";
    let finding = only(text, &on(&["1.33", "1.34"]));
    assert_eq!(finding.rule.code, "wrong-version");
    assert_eq!(finding.versions, ["1.33".parse().expect("known")]);
}

#[test]
fn an_api_that_was_removed_long_ago_is_told_its_successor() {
    manifest("
apiVersion: extensions/v1beta1
            ^^^^^^^^^^^^^^^^^^ error[removed-api] no matches for kind \"Deployment\" in version \"extensions/v1beta1\": removed in Kubernetes 1.16
kind: Deployment
metadata: { name: web }
spec: { template: {} }
");
    helped(
        "{apiVersion: batch/v1beta1, kind: CronJob}",
        "write `apiVersion: batch/v1`; fields may have changed with it",
    );
}

#[test]
fn an_api_that_some_of_the_releases_removed_is_an_error_in_these() {
    let text = "{apiVersion: storage.k8s.io/v1beta1, kind: VolumeAttributesClass, metadata: {name: a}, driverName: b}";
    let finding = only(text, &on(&["1.36", "1.37"]));
    assert_eq!(
        (finding.rule.code, finding.versions),
        ("removed-api", vec![Version::NEWEST])
    );
    assert_eq!(only(text, &on(&["1.36"])).rule.code, "deprecated-api");
}

#[test]
fn an_api_with_a_successor_is_a_warning_while_it_is_served() {
    manifest(
        "
apiVersion: v1
            ^^ warning[deprecated-api] v1 Endpoints is deprecated in v1.33+
kind: Endpoints
metadata: { name: web }
",
    );
    compare(
        "{apiVersion: v1, kind: Endpoints, metadata: {name: web}}",
        &on(&["1.32"]),
    );
    compare(
        "{apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}}",
        &Options::default(),
    );
}

#[test]
fn the_items_of_a_list_are_objects() {
    manifest(
        "
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: a }
    dada: {}
    ^^^^ error[unknown-field] unknown field \"dada\"
",
    );
    manifest(
        "
apiVersion: v1
kind: PodList
items:
  - metadata: { name: a }
    spec: { containers: [], restart: Always }
                            ^^^^^^^ error[unknown-field]
",
    );
}

#[test]
fn json_is_yaml() {
    manifest(
        r#"
{
  "apiVersion": "v1",
  "kind": "ConfigMap",
  "metadata": { "name": "a" },
  "dada": {}
  ^^^^^^ error[unknown-field]
}
"#,
    );
}

#[test]
fn what_stands_below_status_needs_not_be_complete() {
    manifest(
        "
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [] }
status:
  phase: Anything
  conditions: [{ type: Ready }]
",
    );
}

#[test]
fn a_fragment_is_checked_at_its_place() {
    compare(
        "
replicas: 3
selector: {}
temlate:
^^^^^^^ error[unknown-field] unknown field \"temlate\"
  spec: {}
",
        &part("Deployment.spec"),
    );
}

#[test]
fn a_fragment_may_be_a_list_or_one_item_of_it() {
    compare(
        "
- name: web
  image: nginx
",
        &part("Pod.spec.containers"),
    );
    compare(
        "
image: nginx
port: 80
^^^^ error[unknown-field]
",
        &part("Pod.spec.containers[]"),
    );
    compare(
        "
storage: 1 Gi
         ^^^^ error[wrong-format]
",
        &part("PersistentVolumeClaim.spec.resources.requests"),
    );
}

#[test]
fn a_fragment_may_leave_out_what_its_outermost_map_requires() {
    compare(
        "
spec:
^^^^ error[missing-field] spec.template: Required value
  replicas: 3
  selector: {}
",
        &part("Deployment"),
    );
}

#[test]
fn a_fragment_of_a_place_that_no_schema_has() {
    assert_eq!(
        only("a: b", &part("Pod.spec.containers.nothing")).rule.code,
        "unknown-fragment"
    );
    assert_eq!(
        only("a: b", &part("Pot.spec")).rule.code,
        "unknown-fragment"
    );
}

#[test]
fn a_name_in_capitals_is_told_the_same_in_small_letters() {
    helped(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: My_Settings}}",
        "did you mean `my-settings`?",
    );
    compare(
        "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: 'system:My_Role'}, rules: []}",
        &Options::default(),
    );
}

#[test]
fn what_an_alias_repeats_is_found_once() {
    manifest(
        "
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: a
      image: nginx
      resources: &small
        limit: {}
        ^^^^^ error[unknown-field]
    - name: b
      image: nginx
      resources: *small
",
    );
}

#[test]
fn configuration_of_programs_is_no_object() {
    manifest(
        "
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [a.yaml]
",
    );
    manifest(
        "
apiVersion: v1
kind: Config
clusters: []
",
    );
}

#[test]
fn a_report_lists_the_objects() {
    let report = ladder_manifest::check(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n---\n{apiVersion: v1, kind: Pod, metadata: {generateName: b-}, spec: {containers: []}}",
        &Options::default(),
    );
    let objects: Vec<(&str, &str)> = report
        .objects
        .iter()
        .map(|object| (&*object.kind, &*object.name))
        .collect();
    assert_eq!(objects, [("ConfigMap", "a"), ("Pod", "b-")]);
    assert_eq!((report.manifests, report.findings.len()), (2, 0));
}
