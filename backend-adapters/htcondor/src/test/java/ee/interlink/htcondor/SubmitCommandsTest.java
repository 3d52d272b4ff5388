package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodNames;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmitCommandsTest {
  private static final String POD = "0c5a2a0e-6a5e-4b45-9f5a-3a6d8f6f2c11";

  private static List<String> of(
      String namespace, String name, Resources resources, Duration limit, String... settings)
      throws Exception {
    JobRequest request =
        new JobRequest(
            new PodUid(POD),
            namespace,
            name,
            List.of(),
            List.of(Pods.container("main", "", "true")),
            RestartPolicy.NEVER,
            List.of(),
            resources,
            Duration.ZERO,
            Optional.ofNullable(limit),
            Optional.of("0123456789abcdef"),
            Map.of(),
            PodNames.OF_THE_MACHINE,
            Optional.empty());
    return SubmitCommands.of(request, HtcondorSettings.read(backend(settings)));
  }

  private static BackendSettings backend(String... settings) {
    Map<String, String> values = settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]);
    return new BackendSettings(new BackendName("pool"), "htcondor", values);
  }

  @Test
  void a_job_says_whose_it_is_and_what_it_needs() throws Exception {
    Resources resources =
        new Resources(
            Optional.of(1_500L),
            Optional.of(new Bytes((300L << 20) + 1)),
            Optional.of(new Bytes(5L << 30)),
            2);
    assertThat(of("physics", "fit-7", resources, Duration.ofMillis(59_500)))
        .containsExactly(
            "MY.InterlinkBackend=\"pool\"",
            "MY.PodUID=\"" + POD + "\"",
            "MY.PodNamespace=\"physics\"",
            "MY.PodName=\"fit-7\"",
            "MY.InterlinkRestarts=false",
            "batch_name=fit-7",
            "MY.InterlinkOrigin=\"0123456789abcdef\"",
            "MY.InterlinkTimeLimit=60",
            "request_cpus=2",
            "request_memory=301M",
            "request_disk=5120M",
            "request_gpus=2");
  }

  @Test
  void what_a_pod_does_not_name_is_the_backends_or_else_the_sites_choice() throws Exception {
    assertThat(of("a", "b", Resources.SITE_DEFAULTS, null))
        .noneMatch(command -> command.startsWith("request_") || command.contains("TimeLimit"));
    assertThat(of("a", "b", Resources.SITE_DEFAULTS, null, "default-cpus", "3"))
        .contains("request_cpus=3");
    assertThat(of("a", "b", Resources.SITE_DEFAULTS, null, "default-memory-mib", "77"))
        .contains("request_memory=77M");
    assertThat(of("a", "b", Resources.SITE_DEFAULTS, null, "accounting-group", "cms.prod"))
        .contains("accounting_group=cms.prod");
    assertThat(of("a", "b", Resources.SITE_DEFAULTS, null, "job-lease", "PT5M"))
        .contains("job_lease_duration=300");
  }

  @Test
  void no_name_leaves_its_place_in_the_description() throws Exception {
    String hostile = "a b,c\"d$(e)\n+Owner='root' \\\" \u00e9";
    assertThat(of(hostile, hostile, Resources.SITE_DEFAULTS, null))
        .allMatch(command -> command.matches("[A-Za-z_.]+=\"?[A-Za-z0-9._-]+\"?"));
  }

  @Test
  void a_lease_that_condor_submit_would_lengthen_is_refused() {
    assertThatThrownBy(() -> HtcondorSettings.read(backend("job-lease", "PT19S")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("job-lease")
        .hasMessageContaining("PT20S");
  }

  @Test
  void a_setting_that_is_not_the_drivers_is_named() {
    assertThatThrownBy(() -> HtcondorSettings.read(backend("partition", "x")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("partition")
        .hasMessageContaining("htcondor");
    assertThatThrownBy(() -> HtcondorSettings.read(backend("accounting-group", "a b")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("accounting-group");
  }
}
