package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Submit;
import ee.interlink.site.jobs.SiteFaultsFixture;
import ee.interlink.site.jobs.SiteTestbed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people and accidents do to jobs of a real Slurm. */
@Tag("testbed")
class SlurmFaultsTestbedIT extends SiteFaultsFixture {
  @Override
  protected BatchDriver driver() {
    return new SlurmDriver();
  }

  private JobRef run(String script) throws Exception {
    return run(pod(script));
  }

  private static JobRequest pod(String script) {
    return Pods.pod(Pods.freshUid(), Pods.container("main", SiteTestbed.IMAGE, script));
  }

  @Test
  void a_job_cancelled_by_hand_is_never_completed() throws Exception {
    JobRef job = run("trap 'exit 0' TERM; sleep 600 & wait");
    observer.awaitStart(job, "main");
    SiteTestbed.run(alice, "scancel", job.job().value());
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.CANCELLED);
    assertThat(observer.facts(job, JobReport.Scheduled.class))
        .noneMatch(word -> word.state() == JobState.COMPLETED);
  }

  @Test
  void a_running_pod_is_gone_after_its_cancellation_and_is_no_success() throws Exception {
    JobRef job = run("sleep 600");
    observer.awaitStart(job, "main");
    Instant asked = Instant.now();
    connection.cancel(job, Duration.ZERO);
    observer.awaitEnd(job);
    Duration taken = Duration.between(asked, Instant.now());
    System.out.println("running job cancelled, seen ended after " + taken.toMillis() + " ms");
    assertThat(observer.state(job)).isNotEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_runner_that_is_killed_is_no_success() throws Exception {
    JobRef job = run("sleep 600");
    observer.awaitStart(job, "main");
    SiteTestbed.run(alice, "scancel", "-b", "-s", "KILL", job.job().value());
    observer.awaitEnd(job);
    assertThat(observer.state(job).ended()).isTrue();
    assertThat(observer.state(job)).isNotEqualTo(JobState.COMPLETED);
  }

  /** Its runner can write no word down any more, but empty files, whose names are enough. */
  @Test
  void a_container_that_fills_the_disk_of_its_jobs_directory_has_its_exit_code() throws Exception {
    assertThat(codesInAFullDirectory(pod(FILLS_THE_DISK))).containsOnly(42);
  }

  @Test
  void what_may_be_secret_goes_with_a_job_whose_processes_are_all_killed() throws Exception {
    JobRef job = run("sleep 600");
    observer.awaitStart(job, "main");
    String folder = testbed.directory + "/" + job.pod();
    assertThat(SiteTestbed.run(alice, "ls", folder)).contains("containers");
    testbed.tell(
        "pids=$(pgrep -u alice -f '["
            + job.pod().value().charAt(0)
            + "]"
            + job.pod().value().substring(1)
            + "'); kill -STOP $pids; kill -KILL $pids");
    observer.awaitEnd(job);
    assertThat(SiteTestbed.run(alice, "ls", folder + "/state")).doesNotContain("ended");
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              observer.round();
              return !SiteTestbed.run(alice, "ls", folder).contains("containers");
            });
  }

  @Test
  void an_invalid_partition_is_rejected_in_slurms_words() throws Exception {
    try (DriverConnection wrong = connect("partition", "nosuch")) {
      assertThatThrownBy(() -> Submit.one(wrong, pod("true")))
          .isInstanceOf(JobRejectedException.class)
          .hasMessageContaining("Invalid partition name specified");
    }
  }

  @Test
  void two_submissions_of_a_pod_at_once_make_one_job() throws Exception {
    JobRequest request = pod("sleep 5");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<JobId>> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      answers.add(
          threads.submit(
              () -> {
                try (DriverConnection own = connect()) {
                  return Submit.one(own, request);
                }
              }));
    }
    threads.shutdown();
    for (Future<JobId> answer : answers) {
      try {
        answer.get();
      } catch (ExecutionException e) {
        assertThat(e.getCause())
            .isInstanceOf(BackendUnavailableException.class)
            .hasMessageContaining("still under way");
      }
    }
    JobRef job = run(request);
    assertThat(
            SiteTestbed.run(alice, "squeue", "-h", "-a", "--name=" + request.pod(), "-o", "%i")
                .lines())
        .containsExactly(job.job().value());
  }

  @Test
  void why_a_job_waits_is_told_in_slurms_words() throws Exception {
    try (DriverConnection parked = connect("partition", "parked")) {
      JobRequest request = pod("true");
      JobRef job = submitted(request, Submit.one(parked, request));
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                observer.round();
                return observer.facts(job, JobReport.Scheduled.class).stream()
                    .anyMatch(word -> word.words().equals("PENDING (PartitionDown)"));
              });
      parked.cancel(job, Duration.ofMinutes(5));
      observer.awaitEnd(job);
      assertThat(observer.state(job)).isEqualTo(JobState.CANCELLED);
    }
  }
}
