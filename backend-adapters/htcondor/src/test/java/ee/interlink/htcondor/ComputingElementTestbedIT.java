package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.Pods;
import ee.interlink.site.jobs.SiteFaultsFixture;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A computing element as HTCondor-CE is one: its job router makes of each of its jobs one of the
 * pool behind it. What does not pass through it stands in {@code docs/htcondor.md}.
 */
@Tag("testbed")
class ComputingElementTestbedIT extends SiteFaultsFixture {
  @TempDir Path place;

  @Override
  protected BatchDriver driver() {
    return new HtcondorDriver();
  }

  @Override
  protected BackendSettings backend(String... settings) {
    return testbed.settingsOfComputingElement(driver(), place, settings);
  }

  @Override
  protected String[] settings() {
    return new String[] {"runtime", "none"};
  }

  private static JobRequest pod(String script) {
    return Pods.pod(Pods.freshUid(), Pods.container("main", "", script));
  }

  /** The JobStatus of the job that the pool has of this one; nothing if it has none. */
  private String inThePool(JobRef job) throws Exception {
    return testbed
        .asRoot("condor_q", "-allusers", "-constraint", named(job), "-af", "JobStatus")
        .strip();
  }

  private static String named(JobRef job) {
    return "PodUID == \"" + job.pod() + "\"";
  }

  private void awaitRunningInThePool(JobRef job) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(inThePool(job)).as("JobStatus in the pool").isEqualTo("2"));
  }

  @Test
  void a_pods_exit_code_and_log_come_back_through_a_computing_element() throws Exception {
    JobRef job = run(pod("echo ran; exit 3"));
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.FAILED);
    assertThat(observer.end(job, "main").exitCode()).isEqualTo(3);
    assertThat(log(job)).isEqualTo("ran\n");
  }

  @Test
  void a_cancelled_pods_job_ends_behind_the_computing_element_too() throws Exception {
    JobRef job = run(pod("exec sleep 600"));
    awaitRunningInThePool(job);
    connection.cancel(job, Duration.ZERO);
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.CANCELLED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(inThePool(job)).isNotEqualTo("2").isNotEqualTo("1"));
  }

  @Test
  void a_job_removed_behind_the_computing_element_never_succeeds_and_runs_no_second_time()
      throws Exception {
    JobRef job = run(pod("exec sleep 600"));
    awaitRunningInThePool(job);
    testbed.asRoot("condor_rm", "-constraint", named(job));
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.LOST);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(inThePool(job)).isNotEqualTo("2").isNotEqualTo("1"));
  }
}
