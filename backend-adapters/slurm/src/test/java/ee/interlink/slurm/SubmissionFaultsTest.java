package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Submit;
import ee.interlink.batch.SubmitOutcome;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What happens when something goes wrong while jobs are being submitted. */
class SubmissionFaultsTest extends OnFakeSlurm {
  private static final int LARGE = 3 << 20;
  private static final int TAR_BLOCK = 512;

  /** Two empty blocks, and the last block of a file before them. */
  private static final int TAR_END = 3 * TAR_BLOCK;

  @Test
  void a_refused_job_is_rejected_in_slurms_words() throws Exception {
    try (DriverConnection wrong = open("partition", "nosuch")) {
      assertThatThrownBy(() -> Submit.one(wrong, pod("true")))
          .isInstanceOf(JobRejectedException.class)
          .hasMessageContaining("invalid partition specified: nosuch");
    }
  }

  @Test
  void two_submissions_of_a_pod_at_once_make_one_job() throws Exception {
    JobRequest request = pod("sleep 1");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<JobId>> answers = new ArrayList<>();
    Callable<JobId> submission =
        () -> {
          try (DriverConnection own = open()) {
            return Submit.one(own, request);
          }
        };
    for (int i = 0; i < 4; i++) {
      answers.add(threads.submit(submission));
    }
    threads.shutdown();
    int jobs = 0;
    for (Future<JobId> answer : answers) {
      try {
        assertThat(answer.get()).isEqualTo(new JobId("1"));
        jobs++;
      } catch (ExecutionException busy) {
        assertThat(busy.getCause()).hasMessageContaining("still under way");
      }
    }
    assertThat(jobs).isPositive();
    assertThat(slurm.asked("sbatch")).isEqualTo(1);
    assertThat(Submit.one(connection, request)).isEqualTo(new JobId("1"));
  }

  @Test
  void a_submission_whose_end_nobody_heard_is_busy_and_then_found() throws Exception {
    JobRequest request = pod("true");
    slurm.turn("slow", true);
    try (DriverConnection hasty = open("command-timeout", "PT1S")) {
      assertThatThrownBy(() -> Submit.one(hasty, request))
          .isInstanceOf(BackendUnavailableException.class);
    }
    slurm.turn("slow", false);
    await().atMost(PATIENCE).ignoreExceptions().until(() -> find(request));
    assertThat(Submit.one(connection, request)).isEqualTo(new JobId("1"));
    assertThat(slurm.asked("sbatch")).isEqualTo(1);
  }

  @Test
  void an_attempt_that_died_before_sbatch_is_taken_up_again() throws Exception {
    JobRequest request = pod("echo whole");
    slurm.turn("down", true);
    assertThatThrownBy(() -> Submit.one(connection, request))
        .isInstanceOf(BackendUnavailableException.class);
    slurm.turn("down", false);
    Path folder = job(new JobRef(request.pod(), new JobId("0")));
    Files.writeString(folder.resolve("job-id"), "12"); // cut off: no end of line
    assertThat(connection.find(request.pod())).isEmpty();
    JobId job = Submit.one(connection, request);
    assertThat(Files.readString(folder.resolve("job-id"))).isEqualTo(job + "\n");
  }

  @Test
  void a_submission_that_was_answered_is_over_while_its_connection_works_for_others()
      throws Exception {
    JobRequest turnedAway = pod("true");
    slurm.turn("down", true);
    assertThatThrownBy(() -> Submit.one(connection, turnedAway))
        .isInstanceOf(BackendUnavailableException.class);
    slurm.turn("down", false);
    slurm.turn("slow", true);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<JobId> slow = thread.submit(() -> Submit.one(connection, pod("true")));
    thread.shutdown();
    await().atMost(PATIENCE).until(() -> slurm.asked("sbatch") == 2);
    try (DriverConnection other = open()) {
      assertThat(other.find(turnedAway.pod())).isEmpty();
    }
    slurm.turn("slow", false);
    assertThat(slow.get()).isEqualTo(new JobId("1"));
    assertThat(Submit.one(connection, turnedAway)).isEqualTo(new JobId("2"));
  }

  @Test
  void a_pod_that_is_left_for_later_does_not_hide_its_earlier_submission() throws Exception {
    JobRequest underWay = pod("true");
    Files.writeString(folder.resolve("slow"), underWay.pod().value());
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<JobId> earlier = thread.submit(() -> Submit.one(connection, underWay));
    thread.shutdown();
    await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("jobs/1/state")));
    Files.writeString(folder.resolve("takes"), "5");
    try (DriverConnection hurried = open("command-timeout", "PT8S")) {
      List<SubmitOutcome> outcomes = hurried.submit(List.of(pod("true"), underWay));
      assertThatThrownBy(() -> Submit.job(outcomes.get(1))).hasMessageContaining("too slow");
      assertThatThrownBy(() -> hurried.find(underWay.pod()))
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessageContaining("still under way");
    }
    slurm.turn("slow", false);
    assertThat(earlier.get()).isEqualTo(new JobId("1"));
  }

  /** The files go as a tar stream, and to tar one that ends between two files is a whole one. */
  @Test
  void a_submission_whose_sender_dies_on_the_way_leaves_no_part_of_a_job() throws Exception {
    List<JobRequest> requests = List.of(pod("true"), pod("true"));
    int kept = 0;
    while (breaksOff(requests, kept) > kept + TAR_END) {
      assertThat(requests)
          .noneMatch(pod -> Files.exists(folder.resolve(".interlink/fake/" + pod.pod())));
      kept += TAR_BLOCK;
    }
    assertThat(kept).isGreaterThan(20 * TAR_BLOCK);
    assertThat(slurm.asked("sbatch")).isZero();
    for (SubmitOutcome outcome : connection.submit(requests)) {
      assertThat(outcome).isInstanceOf(SubmitOutcome.Submitted.class);
    }
  }

  /**
   * Submits with nothing but the first bytes; it must fail for want of the others.
   *
   * @return how many bytes there would have been
   */
  private int breaksOff(List<JobRequest> requests, int kept) throws Exception {
    AtomicReference<CutShell> shell = new AtomicReference<>();
    BatchDriver driver =
        slurm.driver(
            whole -> {
              shell.set(new CutShell(whole, kept));
              return shell.get();
            });
    try (DriverConnection dying = driver.connect(slurm.settings(), new AccountName("anybody"))) {
      assertThatThrownBy(() -> dying.submit(requests))
          .as("after %d bytes", kept)
          .isInstanceOf(BatchException.class);
    }
    return shell.get().whole();
  }

  @Test
  void files_that_came_for_nothing_do_not_stay_where_they_arrived() throws Exception {
    JobRequest request = pod("true");
    Submit.one(connection, request);
    Submit.one(connection, request);
    try (var arrived = Files.walk(folder.resolve(".interlink/fake/incoming"))) {
      assertThat(arrived.map(Path::getFileName).map(Path::toString))
          .doesNotContain(request.pod().value());
    }
  }

  @Test
  void pods_with_more_files_than_one_command_should_carry_are_jobs_all_the_same() throws Exception {
    List<JobRequest> heavy = List.of(heavy(), heavy(), heavy());
    List<SubmitOutcome> outcomes = connection.submit(heavy);
    for (int i = 0; i < heavy.size(); i++) {
      JobRef job = new JobRef(heavy.get(i).pod(), Submit.job(outcomes.get(i)));
      assertThat(job(job).resolve("volumes/v/large")).hasSize(LARGE);
    }
    assertThat(slurm.asked("sbatch")).isEqualTo(3);
  }

  private static JobRequest heavy() {
    Volume.File large = new Volume.File("large", new byte[LARGE], 0644);
    return new JobRequest(
        Pods.freshUid(),
        "default",
        "heavy",
        List.of(),
        List.of(Pods.container("main", "", "true")),
        RestartPolicy.NEVER,
        List.of(new Volume.Files(new VolumeName("v"), List.of(large), false)),
        Resources.SITE_DEFAULTS,
        Duration.ZERO,
        Optional.empty());
  }

  @Test
  void of_pods_submitted_together_one_that_is_refused_stops_no_other() throws Exception {
    JobRequest first = pod("true");
    JobRequest last = pod("true");
    JobRequest tooLarge =
        new JobRequest(
            Pods.freshUid(),
            "default",
            "too-large",
            List.of(),
            List.of(Pods.container("main", "", "true")),
            RestartPolicy.NEVER,
            List.of(),
            new Resources(Optional.of(1_000_000L), Optional.empty(), 0),
            Duration.ZERO,
            Optional.empty());
    List<SubmitOutcome> outcomes = connection.submit(List.of(first, tooLarge, last));
    assertThat(outcomes.get(0)).isEqualTo(new SubmitOutcome.Submitted(new JobId("1")));
    assertThat(outcomes.get(2)).isEqualTo(new SubmitOutcome.Submitted(new JobId("2")));
    assertThatThrownBy(() -> Submit.job(outcomes.get(1)))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageContaining("Requested node configuration is not available");
  }

  @Test
  void pods_that_slurm_is_too_slow_for_are_left_for_later_and_not_half_submitted()
      throws Exception {
    JobRequest first = pod("true");
    JobRequest second = pod("true");
    Files.writeString(folder.resolve("takes"), "5");
    try (DriverConnection hurried = open("command-timeout", "PT8S")) {
      List<SubmitOutcome> outcomes = hurried.submit(List.of(first, second));
      assertThat(Submit.job(outcomes.get(0))).isEqualTo(new JobId("1"));
      assertThatThrownBy(() -> Submit.job(outcomes.get(1)))
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessageContaining("too slow");
    }
    Files.delete(folder.resolve("takes"));
    assertThat(connection.find(second.pod())).isEmpty();
    assertThat(Submit.one(connection, second)).isEqualTo(new JobId("2"));
  }

  private boolean find(JobRequest request) throws Exception {
    return connection.find(request.pod()).isPresent();
  }
}
