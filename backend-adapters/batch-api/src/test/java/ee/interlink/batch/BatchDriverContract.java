package ee.interlink.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What every driver keeps, shown with real jobs. A driver's test extends this and hands over a
 * driver, its settings and an account.
 */
public abstract class BatchDriverContract extends RestartContract {
  private static final String RUNS_LONG = "echo begun; sleep 600";
  private static final Duration SHORT_GRACE = Duration.ofSeconds(2);
  private static final LogRange ALL = new LogRange(0, 1024);

  @Test
  void a_job_runs_speaks_and_ends() throws Exception {
    JobRef job = submit(container("main", "echo out; echo err >&2"));
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(observer.end(job, "main").exitCode()).isZero();
    assertThat(observer.end(job, "main").at()).isAfterOrEqualTo(observer.start(job, "main").at());
    assertThat(observer.facts(job, JobReport.RunnerEnded.class))
        .isNotEmpty()
        .noneMatch(JobReport.RunnerEnded::terminated);
    assertThat(log(job, "main")).isEqualTo("out\nerr\n");
  }

  @Test
  void the_exit_code_of_a_container_comes_back() throws Exception {
    JobRef job = submit(container("main", "exit 3"));
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.FAILED);
    assertThat(observer.end(job, "main").exitCode()).isEqualTo(3);
  }

  @Test
  void arguments_and_environment_arrive_byte_for_byte() throws Exception {
    String odd = "a'b\"c $HOME `id` \\ * ~\nõ €";
    ContainerSpec plain =
        container("main", "printf '<%s>' \"$@\" \"$SAID\" \"$EMPTY\"", odd, "", "-n");
    JobRef job =
        submit(Pods.withEnv(plain, List.of(new EnvVar("SAID", odd), new EnvVar("EMPTY", ""))));
    observer.awaitEnd(job);
    assertThat(log(job, "main")).isEqualTo("<" + odd + "><><-n><" + odd + "><>");
  }

  @Test
  void a_pod_submitted_twice_is_one_job() throws Exception {
    JobRequest request = Pods.pod(Pods.freshUid(), container("main", "echo once"));
    JobRef first = submit(request);
    assertThat(submit(request)).isEqualTo(first);
    observer.awaitEnd(first);
    assertThat(submit(request)).as("after its end").isEqualTo(first);
    assertThat(log(first, "main")).isEqualTo("once\n");
    assertThat(observer.facts(first, JobReport.ContainerStarted.class).stream().distinct())
        .hasSize(1);
  }

  @Test
  void pods_submitted_together_are_one_job_each_and_each_gets_its_own_files() throws Exception {
    List<JobRequest> requests = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      requests.add(Pods.pod(Pods.freshUid(), container("main", "echo $1; exit $1", "" + i)));
    }
    JobRef early = submit(requests.get(2));
    List<JobRef> jobs = submitTogether(requests);
    assertThat(jobs).doesNotHaveDuplicates();
    assertThat(jobs.get(2)).as("of the pod that had one already").isEqualTo(early);
    for (int i = 0; i < jobs.size(); i++) {
      observer.awaitEnd(jobs.get(i));
      assertThat(observer.end(jobs.get(i), "main").exitCode()).isEqualTo(i);
      assertThat(log(jobs.get(i), "main")).isEqualTo(i + "\n");
      assertThat(connection.find(jobs.get(i).pod())).contains(jobs.get(i).job());
    }
  }

  @Test
  void a_submitted_job_is_found_and_another_is_not() throws Exception {
    JobRequest request = Pods.pod(Pods.freshUid(), container("main", RUNS_LONG));
    assertThat(connection.find(request.pod())).isEmpty();
    JobRef job = submit(request);
    assertThat(connection.find(request.pod())).contains(job.job());
    assertThat(connection.find(Pods.freshUid())).isEmpty();
    cancelUntilEnded(job, Duration.ZERO);
    assertThat(connection.find(request.pod())).as("after its end").contains(job.job());
  }

  @Test
  void another_connection_knows_the_job() throws Exception {
    JobRef job = submit(container("main", RUNS_LONG));
    observer.awaitStart(job, "main");
    try (BatchDriver.DriverConnection other = driver().connect(settings(), account())) {
      assertThat(other.find(job.pod())).contains(job.job());
      assertThat(other.report(List.of(job), ReportCursor.START).reports())
          .anyMatch(fact -> says(fact, job, JobState.RUNNING));
    }
  }

  @Test
  void a_cancelled_job_ends_and_is_no_success() throws Exception {
    JobRef job = submit(container("main", RUNS_LONG));
    awaitLog(job, "main", "begun");
    cancelUntilEnded(job, Duration.ofSeconds(20));
    assertNoSuccess(job);
    connection.cancel(job, Duration.ZERO);
  }

  @Test
  void a_container_that_ends_well_when_told_to_end_is_no_success() throws Exception {
    JobRef job =
        submit(container("main", "trap 'exit 0' TERM; echo begun; while :; do sleep 0.1; done"));
    awaitLog(job, "main", "begun");
    cancelUntilEnded(job, Duration.ofSeconds(20));
    assertThat(observer.state(job)).isNotEqualTo(JobState.COMPLETED);
    assertThat(observer.facts(job, JobReport.RunnerEnded.class))
        .allMatch(JobReport.RunnerEnded::terminated);
  }

  @Test
  void a_container_that_ignores_term_is_killed_after_the_grace_period() throws Exception {
    JobRef job = submit(container("main", "trap '' TERM; echo begun; while :; do sleep 0.1; done"));
    awaitLog(job, "main", "begun");
    Instant asked = Instant.now();
    cancelUntilEnded(job, SHORT_GRACE);
    assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(SHORT_GRACE);
    assertNoSuccess(job);
  }

  @Test
  void of_jobs_that_are_cancelled_together_each_ends_and_no_other() throws Exception {
    JobRef first = submit(container("main", RUNS_LONG));
    JobRef second = submit(container("main", RUNS_LONG));
    JobRef other = submit(container("main", RUNS_LONG));
    for (JobRef job : List.of(first, second, other)) {
      awaitLog(job, "main", "begun");
    }
    Duration grace = Duration.ofSeconds(20);
    connection.cancel(List.of(new Cancellation(first, grace), new Cancellation(second, grace)));
    observer.awaitEnd(first);
    observer.awaitEnd(second);
    assertNoSuccess(first);
    assertNoSuccess(second);
    assertThat(observer.state(other)).isEqualTo(JobState.RUNNING);
  }

  @Test
  void a_container_gets_term_and_time_to_speak() throws Exception {
    JobRef job =
        submit(
            container(
                "main",
                "trap 'echo farewell; exit 7' TERM; echo begun; while :; do sleep 0.1; done"));
    awaitLog(job, "main", "begun");
    cancelUntilEnded(job, Duration.ofSeconds(20));
    assertThat(log(job, "main")).isEqualTo("begun\nfarewell\n");
    assertNoSuccess(job);
  }

  @Test
  void the_log_is_read_while_the_container_runs_and_from_any_place() throws Exception {
    JobRef job = submit(container("main", "printf 0123456789; echo; sleep 600"));
    awaitLog(job, "main", "9\n");
    LogFile main = LogFile.output(new ContainerName("main"));
    LogChunk middle = connection.log(job, main, new LogRange(3, 4));
    assertThat(new String(middle.content(), UTF_8)).isEqualTo("3456");
    assertThat(middle.end()).isEqualTo(7);
    assertThat(log(job, "main", -3)).isEqualTo("89\n");
    assertThat(connection.log(job, main, new LogRange(-3, 100)).offset()).isEqualTo(8);
    assertThat(connection.log(job, main, new LogRange(-100, 100)).offset()).isZero();
    assertThat(connection.log(job, main, new LogRange(11, 100)).content()).isEmpty();
    cancelUntilEnded(job, Duration.ZERO);
    assertThat(log(job, "main")).as("after its end").isEqualTo("0123456789\n");
  }

  /** Whether a limit of the output means nothing here, because it comes whole at the job's end. */
  protected boolean keepsAllOutput() {
    return false;
  }

  @Test
  void of_a_long_output_the_beginning_goes() throws Exception {
    JobRef job = submit(container("main", "yes 0123456789 | head -c 3145728; exec sleep 600"));
    LogFile main = LogFile.output(new ContainerName("main"));
    await()
        .atMost(patience())
        .until(() -> connection.log(job, main, new LogRange(-1, 1)).offset() == 3145727);
    await()
        .atMost(patience())
        .until(() -> keepsAllOutput() || connection.log(job, main, ALL).offset() > 0);
    LogChunk first = connection.log(job, main, ALL);
    assertThat(first.offset() > 0).isNotEqualTo(keepsAllOutput());
    assertThat(new String(first.content(), UTF_8)).startsWith("0123456789\n");
  }

  @Test
  void a_container_that_has_not_started_has_an_empty_log() throws Exception {
    JobRef job =
        submit(
            Pods.pod(
                Pods.freshUid(),
                List.of(container("first", RUNS_LONG)),
                List.of(container("main", "echo never"))));
    awaitLog(job, "first", "begun");
    assertThat(log(job, "main")).isEmpty();
  }

  @Test
  void two_containers_have_their_own_logs_and_ends() throws Exception {
    JobRef job =
        submit(container("one", "echo 1; exit 1"), container("two", "echo begun; sleep 2; exit 2"));
    observer.awaitFact(fact -> fact instanceof JobReport.ContainerEnded end && end.exitCode() == 1);
    assertThat(observer.facts(job, JobReport.ContainerEnded.class))
        .as("the end of one is told before the end of the other")
        .allMatch(end -> end.container().value().equals("one"));
    observer.awaitEnd(job);
    assertThat(observer.end(job, "one").exitCode()).isEqualTo(1);
    assertThat(observer.end(job, "two").exitCode()).isEqualTo(2);
    assertThat(log(job, "one")).isEqualTo("1\n");
    assertThat(log(job, "two")).isEqualTo("begun\n");
    assertThat(observer.state(job)).isEqualTo(JobState.FAILED);
  }

  @Test
  void init_containers_run_in_order_before_the_others() throws Exception {
    JobRef job =
        submit(
            Pods.pod(
                Pods.freshUid(),
                List.of(container("first", "echo 1"), container("second", "echo 2")),
                List.of(container("main", "echo 3"))));
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(observer.start(job, "second").at())
        .isAfterOrEqualTo(observer.end(job, "first").at());
    assertThat(observer.start(job, "main").at()).isAfterOrEqualTo(observer.end(job, "second").at());
  }

  @Test
  void after_a_failed_init_container_nothing_else_starts() throws Exception {
    JobRef job =
        submit(
            Pods.pod(
                Pods.freshUid(),
                List.of(container("first", "exit 4"), container("second", "echo never")),
                List.of(container("main", "echo never"))));
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.FAILED);
    assertThat(observer.end(job, "first").exitCode()).isEqualTo(4);
    assertThat(observer.facts(job, JobReport.ContainerStarted.class))
        .allMatch(start -> start.container().value().equals("first"));
    assertThat(log(job, "second") + log(job, "main")).isEmpty();
  }

  @Test
  void facts_that_were_not_acknowledged_come_again() throws Exception {
    JobRef job = submit(container("main", "exit 5"));
    await()
        .atMost(patience())
        .pollInterval(Duration.ofMillis(100))
        .until(() -> fromTheStart(job).stream().anyMatch(JobReport.RunnerEnded.class::isInstance));
    assertThat(fromTheStart(job))
        .anyMatch(JobReport.RunnerEnded.class::isInstance)
        .anyMatch(fact -> fact instanceof JobReport.ContainerEnded end && end.exitCode() == 5);
  }

  @Test
  void one_round_tells_of_many_jobs() throws Exception {
    Map<Integer, JobRef> jobs = new TreeMap<>();
    for (int code = 0; code < 6; code++) {
      jobs.put(code, submit(container("main", "exit " + code)));
    }
    for (JobRef job : jobs.values()) {
      observer.awaitEnd(job);
    }
    jobs.forEach((code, job) -> assertThat(observer.end(job, "main").exitCode()).isEqualTo(code));
  }

  @Test
  void a_job_that_nobody_knows_is_unknown_and_not_ended() throws Exception {
    JobRef nobody = new JobRef(Pods.freshUid(), unusedJobId());
    List<JobReport> reports =
        connection.report(List.of(nobody), ReportCursor.START).reports().stream()
            .filter(fact -> fact.pod().equals(nobody.pod()))
            .toList();
    assertThat(reports).singleElement().matches(fact -> says(fact, nobody, JobState.UNKNOWN));
    connection.cancel(nobody, Duration.ZERO);
    assertThat(connection.log(nobody, LogFile.output(new ContainerName("main")), ALL).content())
        .isEmpty();
    connection.discard(nobody.pod());
  }

  @Test
  void a_discarded_job_leaves_no_log() throws Exception {
    JobRef job = submit(container("main", "echo here"));
    observer.awaitEnd(job);
    assertThat(log(job, "main")).isEqualTo("here\n");
    connection.discard(job.pod());
    connection.discard(job.pod());
    assertThat(log(job, "main")).isEmpty();
  }

  private List<JobReport> fromTheStart(JobRef job) throws BatchException {
    List<JobReport> own =
        new ArrayList<>(connection.report(List.of(job), ReportCursor.START).reports());
    own.removeIf(fact -> !fact.pod().equals(job.pod()));
    return own;
  }

  private void assertNoSuccess(JobRef job) {
    assertThat(observer.state(job)).isNotEqualTo(JobState.COMPLETED);
    assertThat(observer.facts(job, JobReport.ContainerEnded.class))
        .noneMatch(end -> end.exitCode() == 0);
  }

  private static boolean says(JobReport fact, JobRef job, JobState state) {
    return fact instanceof JobReport.Scheduled word
        && word.pod().equals(job.pod())
        && word.job().equals(job.job())
        && word.state() == state;
  }
}
