package ee.interlink.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobReports;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.Pods;
import ee.interlink.batch.ReportCursor;
import ee.interlink.batch.Resources;
import ee.interlink.batch.Submit;
import ee.interlink.batch.SubmitOutcome;
import ee.interlink.site.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when something at the site goes wrong. */
class SlurmFaultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir Path folder;
  private FakeSlurm slurm;
  private DriverConnection connection;

  @BeforeEach
  void connect() throws Exception {
    slurm = new FakeSlurm(folder);
    connection = open("accounting", "auto");
  }

  private DriverConnection open(String... settings) throws Exception {
    return slurm.driver().connect(slurm.settings(settings), new AccountName("anybody"));
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    slurm.end();
  }

  @Test
  void a_refused_job_is_rejected_in_slurms_words() throws Exception {
    try (DriverConnection wrong = open("partition", "nosuch")) {
      assertThatThrownBy(() -> Submit.one(wrong, pod("true")))
          .isInstanceOf(JobRejectedException.class)
          .hasMessageContaining("invalid partition specified: nosuch");
    }
  }

  @Test
  void a_controller_that_is_away_is_an_outage_and_no_refusal() throws Exception {
    JobRequest request = pod("true");
    slurm.turn("down", true);
    assertThatThrownBy(() -> Submit.one(connection, request))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("Unable to contact slurm controller");
    assertThatThrownBy(() -> connection.find(request.pod()))
        .isInstanceOf(BackendUnavailableException.class);
    slurm.turn("down", false);
    assertThat(connection.find(request.pod())).isEmpty();
    assertThat(Submit.one(connection, request)).isEqualTo(new JobId("1"));
  }

  @Test
  void during_an_outage_the_spool_is_still_read_and_absence_says_nothing() throws Exception {
    JobRef job = submit("exit 3");
    await().atMost(PATIENCE).until(() -> spooled("ended") == 1);
    slurm.turn("down", true);
    JobReports reports = connection.report(List.of(job), ReportCursor.START);
    assertThat(reports.outage())
        .hasValueSatisfying(s -> assertThat(s).contains("Unable to contact"));
    assertThat(reports.reports()).hasSize(3).noneMatch(JobReport.Scheduled.class::isInstance);
    slurm.turn("down", false);
    await()
        .atMost(PATIENCE)
        .until(() -> connection.report(List.of(job), reports.next()).outage().isEmpty());
  }

  @Test
  void acknowledged_news_is_removed_and_the_rest_stays() throws Exception {
    JobRef job = submit("true");
    await().atMost(PATIENCE).until(() -> spooled("ended") == 1);
    JobReports first = connection.report(List.of(job), ReportCursor.START);
    assertThat(spooled("")).isEqualTo(3);
    connection.report(List.of(job), first.next());
    assertThat(spooled("")).isZero();
  }

  @Test
  void a_job_that_left_the_queue_is_asked_of_accounting() throws Exception {
    slurm.turn("forgets", true);
    JobRef job = submit("exit 3");
    await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("jobs/1/exit")));
    await().atMost(PATIENCE).until(() -> state(job) == JobState.FAILED);
    JobReport.Scheduled word = word(job);
    assertThat(word.exitCode()).hasValue(3);
    assertThat(slurm.asked("sacct")).isPositive();
  }

  @Test
  void without_accounting_the_runners_last_file_is_the_evidence() throws Exception {
    slurm.turn("forgets", true);
    slurm.turn("no-accounting", true);
    JobRef job = submit("exit 3");
    await().atMost(PATIENCE).until(() -> state(job) == JobState.FAILED);
    assertThat(word(job).words()).contains("accounting storage is disabled");
  }

  @Test
  void without_accounting_and_without_the_last_file_a_job_stays_unknown() throws Exception {
    slurm.turn("forgets", true);
    slurm.turn("no-accounting", true);
    JobRef job = submit("true");
    await().atMost(PATIENCE).until(() -> spooled("ended") == 1);
    Files.delete(job(job).resolve("state/ended"));
    await().atMost(PATIENCE).until(() -> state(job) == JobState.UNKNOWN);
  }

  @Test
  void the_number_of_commands_does_not_depend_on_the_number_of_jobs() throws Exception {
    slurm.turn("forgets", true);
    List<JobRef> many = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      many.add(new JobRef(Pods.freshUid(), new JobId("" + (9_000_000 + i))));
    }
    JobReports reports = connection.report(many, ReportCursor.START);
    assertThat(reports.reports()).hasSize(400);
    assertThat(slurm.asked("squeue")).isEqualTo(1);
    assertThat(slurm.asked("sacct")).isEqualTo(1);
  }

  @Test
  void the_queue_is_not_asked_before_its_interval_is_over() throws Exception {
    try (DriverConnection patient = open("queue-interval", "PT1H")) {
      JobReports first = patient.report(List.of(), ReportCursor.START);
      patient.report(List.of(), first.next());
      assertThat(slurm.asked("squeue")).isEqualTo(1);
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
  void an_answer_that_was_cut_off_is_no_answer_for_the_pods_behind_the_cut() throws Exception {
    String whole = "interlink submit\nuid-1\u001fjob\u001f7\n";
    List<PodUid> pods = List.of(new PodUid("uid-1"), new PodUid("uid-2"));
    Map<PodUid, SubmitOutcome> outcomes =
        SubmitAnswer.parse(new CommandResult(137, whole.getBytes(UTF_8), ""), pods);
    assertThat(outcomes.get(pods.get(0))).isEqualTo(new SubmitOutcome.Submitted(new JobId("7")));
    assertThatThrownBy(() -> Submit.job(outcomes.get(pods.get(1))))
        .isInstanceOf(BackendUnavailableException.class);
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

  @Test
  void a_waiting_job_is_cancelled_without_a_grace_period() throws Exception {
    try (DriverConnection parked = open("partition", "parked")) {
      JobRequest request = pod("true");
      JobRef job = new JobRef(request.pod(), Submit.one(parked, request));
      assertThat(word(job).state()).isEqualTo(JobState.QUEUED);
      parked.cancel(job, Duration.ofMinutes(5));
      assertThat(word(job).state()).isEqualTo(JobState.CANCELLED);
      parked.cancel(job, Duration.ofMinutes(5));
    }
  }

  @Test
  void an_id_that_now_belongs_to_another_pod_is_left_alone() throws Exception {
    JobRef job = submit("sleep 600");
    connection.cancel(new JobRef(Pods.freshUid(), job.job()), Duration.ZERO);
    assertThat(Files.exists(folder.resolve("jobs/1/cancelled"))).isFalse();
    connection.cancel(job, Duration.ZERO);
    await().atMost(PATIENCE).until(() -> state(job) == JobState.CANCELLED);
  }

  @Test
  void a_jobs_folder_is_the_accounts_alone() throws Exception {
    JobRef job = submit("true");
    await().atMost(PATIENCE).until(() -> state(job) == JobState.COMPLETED);
    assertThat(Files.getPosixFilePermissions(job(job)))
        .extracting(Enum::name)
        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE", "OWNER_EXECUTE");
  }

  private boolean find(JobRequest request) throws Exception {
    return connection.find(request.pod()).isPresent();
  }

  private static JobRequest pod(String script) {
    return Pods.pod(Pods.freshUid(), Pods.container("main", "", script));
  }

  private JobRef submit(String script) throws Exception {
    JobRequest request = pod(script);
    return new JobRef(request.pod(), Submit.one(connection, request));
  }

  private Path job(JobRef job) {
    return folder.resolve(".interlink/fake/" + job.pod());
  }

  private long spooled(String kind) throws IOException {
    Path spool = folder.resolve(".interlink/fake/spool");
    try (var names = Files.list(spool)) {
      return names.filter(name -> name.toString().contains(kind)).count();
    }
  }

  private JobState state(JobRef job) throws Exception {
    return word(job).state();
  }

  private JobReport.Scheduled word(JobRef job) throws Exception {
    return connection.report(List.of(job), ReportCursor.START).reports().stream()
        .filter(JobReport.Scheduled.class::isInstance)
        .map(JobReport.Scheduled.class::cast)
        .filter(word -> word.pod().equals(job.pod()))
        .findFirst()
        .orElseThrow();
  }
}
