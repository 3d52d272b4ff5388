package ee.interlink.runner;

import static ee.interlink.batch.Pods.container;
import static ee.interlink.batch.Pods.freshUid;
import static ee.interlink.batch.Pods.pod;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSecurity;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.EnvVar;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Mount;
import ee.interlink.batch.PodNames;
import ee.interlink.batch.Pods;
import ee.interlink.batch.RegistryAuth;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobFilesTest {
  private static final ContainerRuntime APPTAINER =
      new ContainerRuntime.Apptainer("apptainer", "docker://", List.of("--no-https"));

  @ParameterizedTest
  @CsvSource({
    "busybox, docker://busybox",
    "busybox:1.36, docker://busybox:1.36",
    "127.0.0.1:5000/library/busybox, docker://127.0.0.1:5000/library/busybox",
    "docker://busybox, docker://busybox",
    "oras://site/image:1, oras://site/image:1",
    "oci:/images/dir, oci:/images/dir",
    "/images/busybox.sif, /images/busybox.sif",
  })
  void an_image_reference_is_one_that_apptainer_understands(String image, String reference)
      throws Exception {
    List<JobFile> files =
        JobFiles.of(
            pod(freshUid(), container("main", image, "true")), APPTAINER, RunnerSettings.USUAL);
    assertThat(content(files, "containers/main/image"))
        .startsWith(reference + "\0if-not-present\0");
    assertThat(content(files, "pod/runtime")).isEqualTo("apptainer\0apptainer\0--no-https\0");
  }

  @Test
  void a_plain_process_cannot_mount_and_the_field_is_named() {
    assertThatThrownBy(
            () ->
                JobFiles.of(
                    mounting(List.of("true")),
                    new ContainerRuntime.Processes(),
                    RunnerSettings.USUAL))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageContaining("spec.containers[main].volumeMounts");
  }

  @Test
  void names_are_lines_of_the_files_that_they_go_into() throws Exception {
    PodNames names =
        new PodNames(
            Optional.of("worker-0"),
            List.of(new PodNames.HostAlias("10.0.0.1", List.of("a", "b.c"))),
            Optional.of(
                new PodNames.Resolver(
                    true, List.of("1.1.1.1"), List.of("example.org"), List.of("ndots:2"))));
    List<JobFile> files =
        JobFiles.of(
            Pods.named(pod(freshUid(), container("main", "busybox", "true")), names),
            APPTAINER,
            RunnerSettings.USUAL);
    assertThat(content(files, "pod/hostname")).isEqualTo("worker-0\0");
    assertThat(content(files, "pod/hosts")).isEqualTo("10.0.0.1\ta\tb.c\0");
    assertThat(content(files, "pod/resolver"))
        .isEqualTo("and\0nameserver 1.1.1.1\0search example.org\0options ndots:2\0");
  }

  @Test
  void who_the_pod_is_to_its_registries_is_a_private_file_that_goes_with_the_job()
      throws Exception {
    RegistryAuth auth = new RegistryAuth("{}");
    List<JobFile> files =
        JobFiles.of(
            Pods.authenticated(pod(freshUid(), container("main", "busybox", "true")), auth),
            APPTAINER,
            RunnerSettings.USUAL);
    assertThat(files).anyMatch(file -> file.path().equals("pod/auth") && file.mode() == 0600);
    assertThat(content(files, "pod/auth")).isEqualTo("{}");
    assertThat(content(files, "pod/remove")).contains("pod/auth\0");
  }

  @Test
  void a_host_path_is_mounted_from_where_it_is_and_no_folder_of_the_jobs() throws Exception {
    VolumeName data = new VolumeName("data");
    ContainerSpec main =
        Pods.withMounts(
            container("main", "busybox", "true"),
            List.of(new Mount(data, "/in", "", true), new Mount(data, "/out", "mine", false)));
    JobRequest request =
        Pods.pod(
            RestartPolicy.NEVER,
            List.of(),
            List.of(main),
            List.of(new Volume.HostPath(data, "/data", Volume.HostPathType.DIRECTORY)));
    List<JobFile> files = JobFiles.of(request, APPTAINER, RunnerSettings.USUAL);
    assertThat(content(files, "containers/main/mounts"))
        .isEqualTo("/data\0/in\0ro\0/data/mine\0/out\0rw\0");
    assertThat(content(files, "containers/main/hostpaths"))
        .isEqualTo("Directory\0/data\0Directory\0/data\0");
    assertThat(files).noneMatch(file -> file.path().startsWith("volumes/"));
    assertThat(content(files, "pod/remove")).doesNotContain("data");
  }

  static List<Arguments> namesAndTheirFields() {
    PodNames.HostAlias alias = new PodNames.HostAlias("10.0.0.1", List.of("a"));
    PodNames.Resolver resolver =
        new PodNames.Resolver(true, List.of("1.1.1.1"), List.of(), List.of());
    return List.of(
        Arguments.of(new PodNames(Optional.of("h"), List.of(), Optional.empty()), "spec.hostname"),
        Arguments.of(
            new PodNames(Optional.empty(), List.of(alias), Optional.empty()), "spec.hostAliases"),
        Arguments.of(
            new PodNames(Optional.empty(), List.of(), Optional.of(resolver)), "spec.dnsConfig"));
  }

  @ParameterizedTest
  @MethodSource("namesAndTheirFields")
  void a_plain_process_has_no_names_of_its_own_and_the_field_is_named(
      PodNames names, String field) {
    assertRefused(Pods.named(pod(freshUid(), container("main", "", "true")), names), field);
  }

  @Test
  void a_plain_process_has_no_root_of_its_own_and_the_field_is_named() {
    assertRefused(
        secured(new ContainerSecurity(true, OptionalLong.empty(), OptionalLong.empty())),
        "spec.containers[main].securityContext.readOnlyRootFilesystem");
  }

  @Test
  void a_plain_process_is_its_account_and_nobody_else() {
    assertRefused(
        secured(new ContainerSecurity(false, OptionalLong.of(0), OptionalLong.empty())),
        "spec.containers[main].securityContext");
    assertRefused(
        secured(new ContainerSecurity(false, OptionalLong.empty(), OptionalLong.of(7))),
        "spec.containers[main].securityContext");
  }

  private static JobRequest secured(ContainerSecurity security) {
    return pod(freshUid(), Pods.withSecurity(container("main", "", "true"), security));
  }

  private static void assertRefused(JobRequest request, String field) {
    assertThatThrownBy(
            () -> JobFiles.of(request, new ContainerRuntime.Processes(), RunnerSettings.USUAL))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageStartingWith(field + ": ");
  }

  @Test
  void a_plain_process_needs_a_command() {
    ContainerSpec bare =
        new ContainerSpec(
            new ContainerName("main"),
            "busybox",
            List.of(),
            List.of("x"),
            List.of(),
            Optional.empty(),
            List.of());
    assertThatThrownBy(
            () ->
                JobFiles.of(
                    pod(freshUid(), bare), new ContainerRuntime.Processes(), RunnerSettings.USUAL))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageContaining("spec.containers[main].command");
  }

  @Test
  void a_name_that_apptainer_does_not_take_is_carried_by_another() throws Exception {
    ContainerSpec dotted =
        Pods.withEnv(
            container("main", "busybox", "true"),
            List.of(new EnvVar("a.b", "secret"), new EnvVar("A", "b"), new EnvVar("1-c", "d")));
    List<JobFile> files = JobFiles.of(pod(freshUid(), dotted), APPTAINER, RunnerSettings.USUAL);
    assertThat(content(files, "containers/main/env"))
        .isEqualTo("A=b\0INTERLINK_CARRIED_0=a.b=secret\0INTERLINK_CARRIED_1=1-c=d\0");
    assertThat(content(files, "containers/main/command"))
        .startsWith("sh\0-c\0exec env -u INTERLINK_CARRIED_0 ")
        .doesNotContain("secret");
  }

  @Test
  void a_name_that_apptainer_does_not_take_needs_a_command() {
    ContainerSpec bare =
        Pods.withEnv(
            new ContainerSpec(
                new ContainerName("main"),
                "busybox",
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of()),
            List.of(new EnvVar("a.b", "never shown")));
    assertThatThrownBy(() -> JobFiles.of(pod(freshUid(), bare), APPTAINER, RunnerSettings.USUAL))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageContaining("spec.containers[main].env")
        .hasMessageContaining("a.b")
        .hasMessageNotContaining("never shown");
  }

  @Test
  void a_value_that_apptainer_would_change_is_refused() {
    ContainerSpec lines =
        Pods.withEnv(
            container("main", "busybox", "true"), List.of(new EnvVar("TEXT", "never\r\nshown")));
    assertThatThrownBy(() -> JobFiles.of(pod(freshUid(), lines), APPTAINER, RunnerSettings.USUAL))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageContaining("spec.containers[main].env")
        .hasMessageContaining("TEXT")
        .hasMessageNotContaining("shown");
  }

  @Test
  void a_name_that_apptainer_would_change_is_refused() {
    ContainerSpec lines =
        Pods.withEnv(container("main", "busybox", "true"), List.of(new EnvVar("a\r\nb", "shown")));
    assertThatThrownBy(() -> JobFiles.of(pod(freshUid(), lines), APPTAINER, RunnerSettings.USUAL))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageEndingWith("drops the carriage return before a newline in a??b");
  }

  @Test
  void a_home_in_apptainer_is_set_inside_the_container() throws Exception {
    ContainerSpec homely =
        Pods.withEnv(
            container("main", "busybox", "true"),
            List.of(new EnvVar("HOME", "/h"), new EnvVar("A", "b")));
    List<JobFile> files = JobFiles.of(pod(freshUid(), homely), APPTAINER, RunnerSettings.USUAL);
    assertThat(content(files, "containers/main/command")).startsWith("env\0--\0HOME=/h\0sh\0");
    assertThat(content(files, "containers/main/env")).isEqualTo("A=b\0");
  }

  @Test
  void mounts_are_triples_and_resolved_files_are_read_only() throws Exception {
    List<JobFile> files = JobFiles.of(mounting(List.of()), APPTAINER, RunnerSettings.USUAL);
    assertThat(content(files, "containers/main/mounts"))
        .isEqualTo("volumes/conf\0/etc/conf\0ro\0volumes/scratch/a,b\0/data\0rw\0");
  }

  @Test
  void a_grace_period_is_seconds() {
    assertThat(JobFiles.seconds(Duration.ZERO)).asString(UTF_8).isEqualTo("0\n");
    assertThat(JobFiles.seconds(Duration.ofSeconds(90))).asString(UTF_8).isEqualTo("90\n");
    assertThat(JobFiles.seconds(Duration.ofMillis(1050))).asString(UTF_8).isEqualTo("1.050\n");
  }

  private static JobRequest mounting(List<String> command) {
    ContainerSpec main =
        new ContainerSpec(
            new ContainerName("main"),
            "busybox",
            command,
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(
                new Mount(new VolumeName("conf"), "/etc/conf", "", false),
                new Mount(new VolumeName("scratch"), "/data", "a,b", false)));
    return new JobRequest(
        freshUid(),
        "default",
        "mounts",
        List.of(),
        List.of(main),
        RestartPolicy.NEVER,
        List.of(
            new Volume.Files(new VolumeName("conf"), List.of(), false),
            new Volume.EmptyDir(new VolumeName("scratch"))),
        Resources.SITE_DEFAULTS,
        Duration.ZERO,
        Optional.empty());
  }

  private static String content(List<JobFile> files, String path) {
    return files.stream()
        .filter(file -> file.path().equals(path))
        .map(JobFile.Content.class::cast)
        .map(file -> new String(file.content(), UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
