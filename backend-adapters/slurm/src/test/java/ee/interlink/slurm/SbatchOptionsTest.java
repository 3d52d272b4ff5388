package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SbatchOptionsTest {
  @Test
  void resources_and_limits_become_options() throws Exception {
    Map<String, String> values =
        Map.of("partition", "gpu", "slurm-account", "phys", "qos", "high", "default-cpus", "9");
    Resources resources =
        new Resources(Optional.of(1500L), Optional.of(Bytes.ofMebibytes(2048)), 2);
    assertThat(options(values, resources, Duration.ofSeconds(61)))
        .contains(
            "--job-name=uid-1",
            "--partition=gpu",
            "--account=phys",
            "--qos=high",
            "--cpus-per-task=2",
            "--mem=2048M",
            "--gres=gpu:2",
            "--time=2",
            "--no-requeue",
            "--open-mode=append");
  }

  @Test
  void nothing_becomes_all_of_a_node_by_rounding() throws Exception {
    Resources tiny = new Resources(Optional.of(0L), Optional.of(new Bytes(0)), 0);
    assertThat(options(Map.of(), tiny, Duration.ofMillis(1)))
        .contains("--cpus-per-task=1", "--mem=1M", "--time=1")
        .noneMatch(option -> option.startsWith("--gres"));
  }

  @Test
  void what_a_pod_does_not_name_is_the_backends_default_or_the_sites() throws Exception {
    Map<String, String> values = Map.of("default-cpus", "4", "default-memory-mib", "512");
    assertThat(options(values, Resources.SITE_DEFAULTS, Duration.ofMinutes(5)))
        .contains("--cpus-per-task=4", "--mem=512M", "--time=5");
    assertThat(options(Map.of(), Resources.SITE_DEFAULTS, Duration.ofMinutes(5)))
        .noneMatch(option -> option.startsWith("--mem") || option.startsWith("--cpus"));
  }

  @Test
  void the_comment_is_json_whatever_the_pod_is_called() throws Exception {
    assertThat(options(Map.of(), Resources.SITE_DEFAULTS, Duration.ofMinutes(5)))
        .contains(
            "--comment={\"interlink\":\"hpc\",\"namespace\":\"de_f__ault\",\"pod\":\"po_d\"}");
  }

  @ParameterizedTest
  @EnumSource
  void only_a_pod_that_is_restarted_has_a_job_that_slurm_may_start_again(RestartPolicy policy)
      throws Exception {
    boolean again = policy != RestartPolicy.NEVER;
    assertThat(options(Map.of(), Resources.SITE_DEFAULTS, Duration.ofMinutes(5), policy))
        .contains(again ? "--requeue" : "--no-requeue")
        .doesNotContain(again ? "--no-requeue" : "--requeue");
  }

  private static List<String> options(
      Map<String, String> values, Resources resources, Duration limit) throws Exception {
    return options(values, resources, limit, RestartPolicy.NEVER);
  }

  private static List<String> options(
      Map<String, String> values, Resources resources, Duration limit, RestartPolicy policy)
      throws Exception {
    SlurmSettings settings =
        SlurmSettings.read(new BackendSettings(new BackendName("hpc"), "slurm", values));
    JobRequest request =
        new JobRequest(
            new PodUid("uid-1"),
            "de\"f\n\\ault",
            "po'd",
            List.of(),
            List.of(Pods.container("main", "", "true")),
            policy,
            List.of(),
            resources,
            Duration.ZERO,
            Optional.of(limit));
    return SbatchOptions.of(request, settings);
  }
}
