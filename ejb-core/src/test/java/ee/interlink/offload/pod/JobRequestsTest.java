package ee.interlink.offload.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.ContainerCare;
import ee.interlink.batch.ContainerSecurity;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.EnvVar;
import ee.interlink.batch.Handler;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Mount;
import ee.interlink.batch.PodNames;
import ee.interlink.batch.Probe;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import ee.interlink.offload.SamplePod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobRequestsTest {

  @Test
  void probes_have_kubernetes_defaults_and_named_ports() throws Exception {
    ContainerCare care =
        Manifest.ordinary()
            .with("/spec/containers/0/ports", "[{\"name\": \"web\", \"containerPort\": 8080}]")
            .with(
                "/spec/containers/0/livenessProbe",
                "{\"httpGet\": {\"port\": \"web\", \"path\": \"/healthz\"}}")
            .request()
            .containers()
            .get(0)
            .care();
    assertThat(care.probes())
        .containsExactly(
            new Probe(
                Probe.Kind.LIVENESS,
                new Handler.HttpGet(
                    false,
                    "127.0.0.1",
                    8080,
                    "/healthz",
                    List.of("Host: 127.0.0.1:8080", "User-Agent: kube-probe/1.37", "Accept: */*")),
                0,
                10,
                1,
                1,
                3,
                OptionalLong.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "/spec/containers/0/livenessProbe | {\"httpGet\": {\"port\": \"web\"}} | no port",
        "/spec/containers/0/livenessProbe | {} | exactly one",
        "/spec/containers/0/livenessProbe | {\"exec\": {\"command\": []}} | without a word",
        "/spec/containers/0/readinessProbe | {\"tcpSocket\": {\"port\": 70000}} | not a port",
        "/spec/containers/0/restartPolicy | \"Always\" | init containers only",
        "/spec/initContainers/0/startupProbe | {\"tcpSocket\": {\"port\": 1}} | neither probes",
      })
  void care_of_another_form_is_refused(String field, String json, String words) {
    assertThatThrownBy(() -> Manifest.ordinary().with(field, json).request())
        .hasMessageContaining(words);
  }

  @Test
  void a_pod_becomes_a_job_of_the_same_identity() throws Exception {
    JobRequest request = Manifest.ordinary().request();
    assertThat(request.pod().value()).isEqualTo("11111111-2222-3333-4444-555555555555");
    assertThat(request.namespace()).isEqualTo("default");
    assertThat(request.name()).isEqualTo("sample");
    assertThat(request.initContainers()).extracting(c -> c.name().value()).containsExactly("init");
    assertThat(request.containers()).extracting(c -> c.name().value()).containsExactly("main");
    VolumeName scratch = new VolumeName("scratch");
    assertThat(request.volumes()).containsExactly(new Volume.EmptyDir(scratch));
    assertThat(request.containers().get(0).mounts())
        .containsExactly(new Mount(scratch, "/scratch", "", false));
  }

  @Test
  void an_empty_volume_says_where_it_is_and_how_much_may_be_in_it() throws Exception {
    assertThat(
            Manifest.ordinary()
                .with(
                    "/spec/volumes/0/emptyDir", "{\"medium\": \"Memory\", \"sizeLimit\": \"1Mi\"}")
                .request()
                .volumes())
        .containsExactly(
            new Volume.EmptyDir(
                new VolumeName("scratch"), true, Optional.of(Bytes.ofMebibytes(1))));
    assertThat(
            Manifest.ordinary()
                .with("/spec/volumes/0/emptyDir", "{\"sizeLimit\": \"0\"}")
                .request()
                .volumes())
        .as("no limit, as the kubelet reads it")
        .containsExactly(new Volume.EmptyDir(new VolumeName("scratch")));
  }

  @Test
  void names_of_the_pods_own_go_with_it() throws Exception {
    JobRequest request =
        Manifest.ordinary()
            .with("/spec/hostname", "\"worker-0\"")
            .with("/spec/hostAliases", "[{\"ip\": \"10.0.0.1\", \"hostnames\": [\"a\", \"b.c\"]}]")
            .with(
                "/spec/dnsConfig",
                "{\"nameservers\": [\"1.1.1.1\"], \"searches\": [\"example.org\"],"
                    + " \"options\": [{\"name\": \"ndots\", \"value\": \"2\"}, {\"name\": \"edns0\"}]}")
            .request();
    assertThat(request.names())
        .isEqualTo(
            new PodNames(
                Optional.of("worker-0"),
                List.of(new PodNames.HostAlias("10.0.0.1", List.of("a", "b.c"))),
                Optional.of(
                    new PodNames.Resolver(
                        true,
                        List.of("1.1.1.1"),
                        List.of("example.org"),
                        List.of("ndots:2", "edns0")))));
  }

  @Test
  void without_any_they_are_those_of_the_machine() throws Exception {
    assertThat(Manifest.ordinary().request().names()).isEqualTo(PodNames.OF_THE_MACHINE);
  }

  @Test
  void a_dns_policy_of_none_leaves_the_machines_resolver_out() throws Exception {
    Manifest manifest =
        Manifest.ordinary()
            .with("/spec/dnsPolicy", "\"None\"")
            .with("/spec/dnsConfig", "{\"nameservers\": [\"fd00::1\"]}");
    assertThat(manifest.request().names().resolver())
        .contains(new PodNames.Resolver(false, List.of("fd00::1"), List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_root_file_system_is_read_only_if_the_container_wants_it(boolean wanted) throws Exception {
    JobRequest request =
        Manifest.ordinary()
            .with(
                "/spec/containers/0/securityContext",
                "{\"readOnlyRootFilesystem\": " + wanted + "}")
            .request();
    assertThat(request.containers().get(0).security().readOnlyRoot()).isEqualTo(wanted);
    assertThat(request.initContainers().get(0).security().readOnlyRoot()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | {} | -1 | -1",
        "{\"runAsUser\": 5, \"runAsGroup\": 6} | {} | 5 | 6",
        "{\"runAsUser\": 5, \"runAsGroup\": 6} | {\"runAsUser\": 7, \"runAsGroup\": 8} | 7 | 8",
        "{\"runAsUser\": 5, \"fsGroup\": 6} | {} | 5 | 6",
        "{\"fsGroup\": 6, \"runAsGroup\": 7} | {} | -1 | 7",
        "{\"fsGroup\": 6} | {\"runAsGroup\": 0} | -1 | 0",
        "{\"runAsUser\": 0, \"runAsNonRoot\": true} | {\"runAsUser\": 7} | 7 | -1",
      })
  void a_containers_own_security_context_goes_before_its_pods(
      String pod, String container, long user, long group) throws Exception {
    ContainerSecurity security =
        Manifest.ordinary()
            .with("/spec/securityContext", pod)
            .with("/spec/containers/0/securityContext", container)
            .with("/spec/initContainers/0/securityContext", "{\"runAsUser\": 1}")
            .request()
            .containers()
            .get(0)
            .security();
    assertThat(security.user().orElse(-1)).isEqualTo(user);
    assertThat(security.group().orElse(-1)).isEqualTo(group);
  }

  @ParameterizedTest
  @CsvSource({"null, ANY", "'\"\"', ANY", "'\"DirectoryOrCreate\"', DIRECTORY_OR_CREATE"})
  void a_host_path_is_what_the_machine_has(String type, Volume.HostPathType expected)
      throws Exception {
    Manifest manifest =
        Manifest.ordinary()
            .with(
                "/spec/volumes",
                "[{\"name\": \"scratch\", \"hostPath\": {\"path\": \"/data/set\", \"type\": "
                    + type
                    + "}}]");
    assertThat(manifest.request().volumes())
        .containsExactly(new Volume.HostPath(new VolumeName("scratch"), "/data/set", expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "", "/data/../etc"})
  void a_host_path_that_is_not_absolute_or_climbs_is_refused(String path) {
    Manifest manifest =
        Manifest.ordinary()
            .with(
                "/spec/volumes",
                "[{\"name\": \"scratch\", \"hostPath\": {\"path\": \"" + path + "\"}}]");
    assertThatThrownBy(manifest::request)
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("spec.volumes[0]");
  }

  @Test
  void the_grace_period_is_kubernetes_default_or_the_pods_own() throws Exception {
    assertThat(Manifest.ordinary().request().gracePeriod()).isEqualTo(Duration.ofSeconds(30));
    assertThat(grace("0").request().gracePeriod()).isZero();
    assertThat(grace("7").request().gracePeriod()).isEqualTo(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "9000000000000000000"})
  void a_grace_period_beyond_all_sense_is_refused(String seconds) {
    assertThatThrownBy(grace(seconds)::request)
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("spec.terminationGracePeriodSeconds");
  }

  @Test
  void the_deadline_is_the_jobs_time_limit() throws Exception {
    assertThat(Manifest.ordinary().request().timeLimit()).isEmpty();
    assertThat(deadline("90").request().timeLimit()).contains(Duration.ofSeconds(90));
    assertThatThrownBy(deadline("0")::request)
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("spec.activeDeadlineSeconds");
  }

  @ParameterizedTest
  @CsvSource({
    "null, ALWAYS",
    "'\"Always\"', ALWAYS",
    "'\"OnFailure\"', ON_FAILURE",
    "'\"Never\"', NEVER",
  })
  void containers_are_started_again_as_the_pod_says_and_else_always(
      String json, RestartPolicy policy) throws Exception {
    assertThat(Manifest.ordinary().with("/spec/restartPolicy", json).request().restartPolicy())
        .isEqualTo(policy);
  }

  @Test
  void a_pod_without_containers_is_refused() {
    assertThatThrownBy(Manifest.ordinary().with("/spec/containers", "[]")::request)
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("spec.containers");
    assertThatThrownBy(Manifest.of("{\"kind\": \"Pod\", \"metadata\": {}}")::request)
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("spec.containers");
  }

  @Test
  void two_containers_of_one_name_are_refused() {
    assertThatThrownBy(
            Manifest.ordinary().with("/spec/initContainers/-", "{\"name\": \"main\"}")::request)
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("main");
  }

  @Test
  void a_mount_of_a_volume_that_is_not_there_is_refused() {
    assertThatThrownBy(Manifest.ordinary().with("/spec/volumes", "[]")::request)
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("scratch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "/a/../../etc"})
  void a_mount_path_that_is_none_is_refused_at_its_container(String path) {
    assertThatThrownBy(
            Manifest.ordinary()
                    .with("/spec/containers/0/volumeMounts/0/mountPath", "\"" + path + "\"")
                ::request)
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("spec.containers[0]");
  }

  @Test
  void annotations_go_along_without_the_copy_of_the_pod_that_kubectl_keeps_there()
      throws Exception {
    Manifest pod =
        Manifest.ordinary()
            .with(
                "/metadata/annotations",
                "{\"slurm.interlink.ee/qos\": \"high\", \"empty\": \"\","
                    + " \"kubectl.kubernetes.io/last-applied-configuration\": \"{}\"}");
    assertThat(pod.request().annotations())
        .isEqualTo(Map.of("slurm.interlink.ee/qos", "high", "empty", ""));
    assertThat(Manifest.ordinary().request().annotations()).isEmpty();
  }

  @Test
  void a_volume_whose_content_nobody_brought_is_refused() {
    assertThatThrownBy(secretVolume()::request)
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("spec.volumes[0]");
  }

  @Test
  void a_volume_with_its_content_goes_along() throws Exception {
    byte[] key = "k".getBytes(StandardCharsets.UTF_8);
    Volume.Files files =
        new Volume.Files(
            new VolumeName("scratch"), List.of(new Volume.File("key", key, 0400)), true);
    assertThat(secretVolume().request(files).volumes()).containsExactly(files);
  }

  @Property(tries = 100)
  void arguments_and_variables_arrive_byte_for_byte(
      @ForAll @NotEmpty List<String> words, @ForAll String value) throws RefusedPodException {
    List<String> allowed = words.stream().map(word -> word.replace("\0", "")).toList();
    Container container =
        new ContainerBuilder()
            .withName("main")
            .withCommand(allowed)
            .withArgs(allowed)
            .addNewEnv()
            .withName("A")
            .withValue(value.replace("\0", ""))
            .endEnv()
            .build();
    ContainerSpec spec =
        JobRequests.from(
                new ResolvedPod(SamplePod.with(SamplePod.freshUid(), container), List.of()))
            .containers()
            .get(0);
    assertThat(spec.command()).isEqualTo(allowed);
    assertThat(spec.args()).isEqualTo(allowed);
    assertThat(spec.env()).containsExactly(new EnvVar("A", value.replace("\0", "")));
  }

  private static Manifest grace(String seconds) {
    return Manifest.ordinary().with("/spec/terminationGracePeriodSeconds", seconds);
  }

  private static Manifest deadline(String seconds) {
    return Manifest.ordinary().with("/spec/activeDeadlineSeconds", seconds);
  }

  private static Manifest secretVolume() {
    return Manifest.ordinary()
        .with("/spec/volumes", "[{\"name\": \"scratch\", \"secret\": {\"secretName\": \"s\"}}]");
  }
}
