package ee.interlink.site.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.Cancellation;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobReports;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.Mount;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.Pods;
import ee.interlink.batch.ReportCursor;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.SubmitOutcome;
import ee.interlink.batch.SubmitOutcome.NotSubmitted;
import ee.interlink.batch.SubmitOutcome.Submitted;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import ee.interlink.runner.JobDirectory;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of a scheduler that is a service, and what of the folders of its jobs. */
class ServiceConnectionTest extends OnPlainService {
  private static final PodUid ONE = new PodUid("uid-1");
  private static final PodUid TWO = new PodUid("uid-2");
  private static final PodUid THREE = new PodUid("uid-3");
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private ServiceConnection connect(String... settings) throws Exception {
    return new ServiceConnection(shell, settings(settings), service, CLOCK);
  }

  private static JobRequest pod(PodUid uid) {
    return Pods.pod(uid, Pods.container("main", "", "true"));
  }

  private String submission(PodUid pod) {
    return "submit " + pod + " in " + backend;
  }

  // ---- submission

  @Test
  void pods_that_wait_together_go_one_after_the_other_once_the_directory_is_there()
      throws Exception {
    List<SubmitOutcome> outcomes = connect().submit(List.of(pod(ONE), pod(TWO)));
    assertThat(outcomes)
        .containsExactly(new Submitted(new JobId("1")), new Submitted(new JobId("2")));
    assertThat(asked).containsExactly("PREPARE", submission(ONE), submission(TWO));
    assertThat(backend.resolve("spool")).isDirectory();
  }

  @Test
  void the_directory_is_made_ready_once() throws Exception {
    ServiceConnection connection = connect();
    connection.submit(List.of(pod(ONE)));
    asked.clear();
    connection.submit(List.of(pod(TWO)));
    assertThat(asked).containsExactly(submission(TWO));
  }

  @Test
  void nothing_is_submitted_where_jobs_would_find_no_directory() throws Exception {
    write("file", "");
    ServiceConnection connection = connect("directory", backend.resolve("file").toString());
    assertThatThrownBy(() -> connection.submit(List.of(pod(ONE))))
        .isInstanceOf(BackendUnavailableException.class);
    assertThat(asked).containsExactly("PREPARE");
  }

  @Test
  void a_pod_that_is_refused_stops_no_other() throws Exception {
    service.refuse(ONE);
    service.refused.put(TWO, new BackendUnavailableException("the answer is lost"));
    List<SubmitOutcome> outcomes = connect().submit(List.of(pod(ONE), pod(TWO), pod(THREE)));
    assertThat(why(outcomes.get(0))).isInstanceOf(JobRejectedException.class);
    assertThat(why(outcomes.get(1))).isInstanceOf(BackendUnavailableException.class);
    assertThat(outcomes.get(2)).isEqualTo(new Submitted(new JobId("1")));
  }

  private static Throwable why(SubmitOutcome outcome) {
    return ((NotSubmitted) outcome).why();
  }

  @Test
  void what_does_not_come_to_its_turn_in_time_is_left_for_later() throws Exception {
    List<SubmitOutcome> outcomes =
        connect("command-timeout", "PT0.000000001S").submit(List.of(pod(ONE), pod(TWO)));
    assertThat(outcomes.get(0)).isEqualTo(new Submitted(new JobId("1")));
    assertThat(why(outcomes.get(1)))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("too slow");
    assertThat(asked).doesNotContain(submission(TWO));
  }

  @Test
  void a_pod_submitted_twice_is_one_job_until_it_is_discarded() throws Exception {
    ServiceConnection connection = connect();
    SubmitOutcome job = new Submitted(new JobId("1"));
    assertThat(connection.submit(List.of(pod(ONE)))).containsExactly(job);
    assertThat(connection.submit(List.of(pod(ONE)))).containsExactly(job);
    connection.discard(ONE);
    assertThat(connection.submit(List.of(pod(ONE)))).containsExactly(new Submitted(new JobId("2")));
  }

  @Test
  void a_submission_that_may_have_failed_is_not_remembered() throws Exception {
    ServiceConnection connection = connect();
    service.refused.put(ONE, new BackendUnavailableException("the answer is lost"));
    connection.submit(List.of(pod(ONE)));
    service.refused.clear();
    assertThat(connection.submit(List.of(pod(ONE)))).containsExactly(new Submitted(new JobId("1")));
  }

  @Test
  void a_pod_that_the_settings_do_not_allow_any_more_is_rejected() throws Exception {
    VolumeName machine = new VolumeName("machine");
    JobRequest mounting =
        Pods.pod(
            RestartPolicy.NEVER,
            List.of(),
            List.of(
                Pods.withMounts(
                    Pods.container("main", "", "true"),
                    List.of(new Mount(machine, "/in", "", true)))),
            List.of(new Volume.HostPath(machine, "/etc", Volume.HostPathType.DIRECTORY)));
    List<SubmitOutcome> outcomes = connect().submit(List.of(mounting));
    assertThat(why(outcomes.get(0)))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageStartingWith("spec.volumes[0].hostPath.path is not below ");
    assertThat(asked).containsExactly("PREPARE");
  }

  // ---- the end

  /** What the runner of {@link #JOB} leaves first. */
  private void runnerAtWork() throws Exception {
    Files.createDirectories(backend.resolve("uid-1/state/claimed"));
  }

  @Test
  void a_runner_at_work_is_told_and_a_job_without_one_is_ended() throws Exception {
    runnerAtWork();
    connect().cancel(List.of(new Cancellation(JOB, GRACE), new Cancellation(OTHER, GRACE)));
    assertThat(asked).containsExactly("CANCEL", "tell uid-1 7", "end uid-2 8");
    assertThat(Files.readString(backend.resolve("uid-1/grace"))).startsWith("30");
  }

  @Test
  void a_job_whose_runner_has_ended_is_ended() throws Exception {
    runnerAtWork();
    write("uid-1/state/ended", "0 1700000000000 0 0\n");
    connect().cancel(List.of(new Cancellation(JOB, GRACE)));
    assertThat(asked).containsExactly("CANCEL", "end uid-1 7");
  }

  @Test
  void a_job_is_ended_whose_runner_has_had_its_time() throws Exception {
    runnerAtWork();
    write("uid-1/cancelled", "1000000000\n");
    connect().cancel(List.of(new Cancellation(JOB, GRACE)));
    assertThat(asked).containsExactly("CANCEL", "end uid-1 7");
  }

  @Test
  void without_any_grace_a_job_is_ended_at_once() throws Exception {
    runnerAtWork();
    connect().cancel(List.of(new Cancellation(JOB, Duration.ZERO)));
    assertThat(asked).containsExactly("CANCEL", "end uid-1 7");
  }

  // ---- who is asked for what

  @Test
  void jobs_and_machines_are_the_services_to_tell_of() throws Exception {
    service.known.put(JOB, JobState.RUNNING);
    ServiceConnection connection = connect();
    assertThat(connection.find(JOB.pod())).contains(JOB.job());
    assertThat(connection.find(OTHER.pod())).isEmpty();
    assertThat(connection.capacity().total().cpus()).isEqualTo(8);
    assertThat(asked).containsExactly("find uid-1", "find uid-2", "capacity");
  }

  @Test
  void logs_are_in_the_folders() throws Exception {
    ServiceConnection connection = connect();
    LogFile main = LogFile.output(new ContainerName("main"));
    write(new JobDirectory(".", JOB.pod()).log(main), "hello\n");
    assertThat(new String(connection.log(JOB, main, new LogRange(0, 100)).content(), UTF_8))
        .isEqualTo("hello\n");
    assertThat(asked).containsExactly("LOG");
  }

  @Test
  void what_the_service_has_told_is_remembered_from_round_to_round() throws Exception {
    ServiceConnection connection = connect("queue-interval", "PT0.000000001S");
    service.known.put(JOB, JobState.RUNNING);
    JobReports first = connection.report(List.of(JOB), ReportCursor.START);
    ServiceConnection other =
        new ServiceConnection(
            shell, settings(), service, Clock.offset(CLOCK, Duration.ofMinutes(1)));
    other.report(List.of(JOB), first.next());
    assertThat(asked).containsExactly("queue after -1", "REPORT", "queue after 0", "REPORT");
  }

  @Test
  void both_ways_end_with_the_connection() throws Exception {
    ServiceConnection connection = connect();
    assertThat(connection.isOpen()).isTrue();
    connection.close();
    assertThat(asked).containsExactly("close");
    assertThat(connection.isOpen()).isFalse();
  }
}
