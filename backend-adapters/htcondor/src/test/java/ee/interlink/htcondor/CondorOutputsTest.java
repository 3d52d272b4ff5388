package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.Capacity.Amounts;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.Pods;
import ee.interlink.batch.ReportCursor;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Submit;
import ee.interlink.batch.SubmitOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands of each version say when something is wrong, and what it means to us. */
class CondorOutputsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long MORE_CPUS_THAN_THE_SITE_ALLOWS = 100_001_000;

  @TempDir Path folder;
  private FakeCondor condor;
  private DriverConnection connection;

  private void connect(String version) throws Exception {
    condor = new FakeCondor(folder, version);
    connection = condor.driver().connect(condor.settings(), FakeCondor.ACCOUNT);
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @ParameterizedTest
  @CsvSource({
    "10, Can't find address of local schedd, the condor_schedd is not running",
    "23, Failed to connect to local queue manager, Failed to fetch ads from: <192.0.2.7:9618?",
    "25, Failed to connect to local queue manager, SECMAN:2007:Failed to end classad message.",
  })
  void a_schedd_that_is_away_is_an_outage_and_the_words_say_so(
      String version, String submission, String queue) throws Exception {
    connect(version);
    JobRef job = submit("sleep 60");
    condor.turn("down", true);
    assertThatThrownBy(() -> submit("true"))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining(submission);
    assertThat(connection.report(List.of(job), ReportCursor.START).outage())
        .hasValueSatisfying(words -> assertThat(words).startsWith("condor_q: ").contains(queue));
    assertThatThrownBy(() -> connection.find(Pods.freshUid()))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining(queue);
    assertThatThrownBy(() -> connection.cancel(job, Duration.ZERO))
        .isInstanceOf(BackendUnavailableException.class);
    assertThatThrownBy(() -> connection.capacity()).isInstanceOf(BackendUnavailableException.class);
    condor.turn("down", false);
    assertThat(connection.find(job.pod())).contains(job.job());
    end(job);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "23", "25"})
  void a_job_that_is_not_there_is_cancelled_without_a_word(String version) throws Exception {
    connect(version);
    JobRef nobody = new JobRef(Pods.freshUid(), new JobId("9.0"));
    connection.cancel(nobody, Duration.ZERO);
    condor.turn("parked", true);
    JobRef job = submit("true");
    connection.cancel(nobody, Duration.ZERO);
    connection.cancel(new JobRef(Pods.freshUid(), job.job()), Duration.ZERO);
    assertThat(word(job).state()).isEqualTo(JobState.QUEUED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "23", "25"})
  void a_job_that_waits_and_is_removed_is_cancelled_and_the_history_tells_so_too(String version)
      throws Exception {
    connect(version);
    condor.turn("parked", true);
    JobRef job = submit("true");
    connection.cancel(job, Duration.ZERO);
    connection.cancel(job, Duration.ZERO);
    for (boolean forgets : new boolean[] {false, true}) {
      condor.turn("forgets", forgets);
      assertThat(word(job).state()).isEqualTo(JobState.CANCELLED);
      assertThat(word(job).words()).isEqualTo("removed (via condor_rm (by user alice))");
    }
    assertThat(condor.asked("condor_history")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "23", "25"})
  void of_many_jobs_one_that_the_site_refuses_stops_no_other(String version) throws Exception {
    connect(version);
    condor.turn("parked", true);
    List<JobRequest> requests =
        List.of(pod("true", 1_000), pod("true", MORE_CPUS_THAN_THE_SITE_ALLOWS));
    List<SubmitOutcome> outcomes = connection.submit(requests);
    assertThat(Submit.job(outcomes.get(0))).isEqualTo(new JobId("1.0"));
    assertThatThrownBy(() -> Submit.job(outcomes.get(1)))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageEndingWith("no job here has so many CPUs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "23", "25"})
  void a_full_queue_is_tried_again_later(String version) throws Exception {
    connect(version);
    condor.turn("full", true);
    assertThatThrownBy(() -> submit("true"))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("Number of submitted jobs would exceed");
    condor.turn("full", false);
    condor.turn("parked", true);
    assertThat(submit("true").job()).isEqualTo(new JobId("1.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "23", "25"})
  void a_site_that_wants_units_of_memory_takes_our_jobs(String version) throws Exception {
    connect(version);
    condor.turn("units", true);
    condor.turn("parked", true);
    assertThat(submit("true").job()).isEqualTo(new JobId("1.0"));
  }

  @ParameterizedTest
  @CsvSource({
    "10, Job has gone over memory limit of 200 megabytes",
    "23, memory usage exceeded request_memory",
    "25, Job has gone over cgroup memory limit of 200 megabytes",
  })
  void a_job_over_its_memory_is_out_of_memory_before_and_after_its_removal(
      String version, String words) throws Exception {
    connect(version);
    condor.turn("out-of-memory", true);
    JobRef job = submit("sleep 5");
    await().atMost(PATIENCE).until(() -> word(job).state() == JobState.OUT_OF_MEMORY);
    assertThat(word(job).words()).startsWith("held (Error from slot1").contains(words);
    condor.turn("policy", true);
    assertThat(word(job).words()).startsWith("removed (Error from slot1").contains(words);
    assertThat(word(job).state()).isEqualTo(JobState.OUT_OF_MEMORY);
    condor.turn("forgets", true);
    assertThat(word(job).state()).isEqualTo(JobState.OUT_OF_MEMORY);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 4, 8000, 0, 4, 8000, 0",
    "23, 256, 1024000, 4, 255, 1023872, 3",
    "25, 24, 80000, 2, 23, 79872, 2"
  })
  void slots_add_up_and_what_is_a_part_of_one_is_not_counted_twice(
      String version,
      long cpus,
      long mebibytes,
      long gpus,
      long freeCpus,
      long freeMebibytes,
      long freeGpus)
      throws Exception {
    connect(version);
    Capacity capacity = connection.capacity();
    assertThat(capacity.total()).isEqualTo(amounts(cpus, mebibytes, gpus));
    assertThat(capacity.free()).contains(amounts(freeCpus, freeMebibytes, freeGpus));
  }

  private static Amounts amounts(long cpus, long mebibytes, long gpus) {
    return new Amounts(cpus, Bytes.ofMebibytes(mebibytes), gpus);
  }

  private JobRef submit(String script) throws Exception {
    JobRequest request = pod(script, 1_000);
    return new JobRef(request.pod(), Submit.one(connection, request));
  }

  private static JobRequest pod(String script, long milliCpus) {
    return new JobRequest(
        Pods.freshUid(),
        "default",
        "replayed",
        List.of(),
        List.of(Pods.container("main", "", script)),
        RestartPolicy.NEVER,
        List.of(),
        new Resources(Optional.of(milliCpus), Optional.empty(), 0),
        Duration.ZERO,
        Optional.empty());
  }

  private void end(JobRef job) throws Exception {
    connection.cancel(job, Duration.ZERO);
    await().atMost(PATIENCE).until(() -> word(job).state().ended());
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
