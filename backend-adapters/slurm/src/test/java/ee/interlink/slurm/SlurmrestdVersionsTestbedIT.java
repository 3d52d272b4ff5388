package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.Observer;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Submit;
import ee.interlink.site.jobs.SiteFaultsFixture;
import ee.interlink.site.jobs.SiteTestbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real slurmrestd in each of the versions that it speaks. */
@Tag("testbed")
class SlurmrestdVersionsTestbedIT extends SiteFaultsFixture {
  @Override
  protected BatchDriver driver() {
    return new SlurmDriver();
  }

  @Override
  protected String[] settings() {
    return new String[] {"runtime", "none", "annotations", "partition,gres,time,nice,mail-type"};
  }

  private DriverConnection speaking(String version) throws Exception {
    List<String> settings = new ArrayList<>(List.of(settings()));
    settings.addAll(List.of(testbed.slurmrestd()));
    settings.addAll(List.of("slurmrestd-version", version));
    return connect(settings.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0.0.40", "v0.0.41", "v0.0.42"})
  void a_job_goes_its_whole_way_in_each_version(String version) throws Exception {
    try (DriverConnection rest = speaking(version)) {
      JobRequest pod =
          Pods.annotated(
              Pods.pod(Pods.freshUid(), Pods.container("main", "", "echo here; sleep 600")),
              "physics",
              Map.of(
                  "slurm.interlink.ee/partition", "gpu",
                  "slurm.interlink.ee/gres", "gpu:a100:1",
                  "slurm.interlink.ee/time", "0:01:30",
                  "slurm.interlink.ee/nice", "5",
                  "slurm.interlink.ee/mail-type", "NONE"));
      assertThat(rest.find(pod.pod())).isEmpty();
      JobRef job = submitted(pod, Submit.one(rest, pod));
      Observer own = new Observer(rest, PATIENCE);
      own.watch(job);
      own.awaitStart(job, "main");
      assertThat(SiteTestbed.run(alice, "scontrol", "show", "job", job.job().value()))
          .contains("JobName=" + pod.pod(), "TimeLimit=00:02:00", "Nice=5", "Partition=gpu")
          .contains("gpu:a100:1", "Requeue=0", "NumNodes=1");
      assertThat(rest.find(pod.pod())).contains(job.job());
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                rest.cancel(job, Duration.ofSeconds(20));
                own.round();
                return own.state(job).ended();
              });
      assertThat(own.state(job)).isNotEqualTo(JobState.COMPLETED);
      assertThat(own.end(job, "main").exitCode()).isEqualTo(143);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0.0.40", "v0.0.41", "v0.0.42"})
  void the_nodes_are_those_that_sinfo_tells_of(String version) throws Exception {
    try (DriverConnection rest = speaking(version);
        DriverConnection commands = connect(settings())) {
      Capacity told = rest.capacity();
      assertThat(told.total()).isEqualTo(commands.capacity().total());
      assertThat(told.labels()).isEqualTo(commands.capacity().labels());
      assertThat(told.free()).isPresent();
    }
  }

  @Test
  void a_version_that_it_does_not_speak_is_named() throws Exception {
    try (DriverConnection rest = speaking("v0.0.99")) {
      assertThatThrownBy(rest::capacity)
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessageContaining("v0.0.99");
    }
  }
}
