package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.Capacity.Amounts;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobReports;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.Pods;
import ee.interlink.batch.ReportCursor;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Submit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens when something at the site goes wrong. */
class SlurmFaultsTest extends OnFakeSlurm {
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
  void what_may_be_secret_goes_with_a_job_that_never_began() throws Exception {
    JobRequest request = pod("true");
    JobRef job;
    try (DriverConnection parked = open("partition", "parked")) {
      job = new JobRef(request.pod(), Submit.one(parked, request));
    }
    assertThat(job(job).resolve("containers")).exists();
    connection.cancel(job, Duration.ZERO);
    ReportCursor[] cursor = {ReportCursor.START};
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              cursor[0] = connection.report(List.of(job), cursor[0]).next();
              return !Files.exists(job(job).resolve("containers"));
            });
    assertThat(job(job)).exists();
  }

  @Test
  void what_slurm_writes_into_a_killed_jobs_output_tells_that_it_was_for_its_memory()
      throws Exception {
    JobRef killed = submit("kill -KILL $(cut -d ' ' -f 1 ../../state/claimed/process); sleep 600");
    JobRef other = submit("kill -KILL $(cut -d ' ' -f 1 ../../state/claimed/process); sleep 600");
    await().atMost(PATIENCE).until(() -> state(other) == JobState.FAILED);
    await().atMost(PATIENCE).until(() -> state(killed) == JobState.FAILED);
    Files.writeString(
        job(killed).resolve("runner.log"),
        "slurmstepd-node01: error: StepId=7.batch exceeded memory limit (9 > 8), being killed\n",
        StandardOpenOption.APPEND);
    List<JobRef> both = List.of(killed, other);
    ReportCursor over = connection.report(both, ReportCursor.START).next();
    assertThat(connection.report(both, over).reports())
        .filteredOn(JobReport.OutOfMemory.class::isInstance)
        .extracting(JobReport::pod)
        .containsExactly(killed.pod());
  }

  @Test
  void what_is_read_again_of_a_vanished_job_has_the_number_of_the_run() throws Exception {
    slurm.turn("forgets", true);
    slurm.turn("no-accounting", true);
    String runs = folder.resolve("runs").toString();
    String script = "echo >>" + runs + "; n=$(wc -l <" + runs + "); [ $n -ge 3 ]";
    JobRequest request =
        Pods.pod(
            RestartPolicy.ON_FAILURE,
            List.of(),
            List.of(Pods.container("main", "", script)),
            List.of());
    JobRef job;
    try (DriverConnection hasty = open("restart.backoff", "PT0.1S")) {
      job = new JobRef(request.pod(), Submit.one(hasty, request));
    }
    await().atMost(PATIENCE).until(() -> spooled("ended") == 1);
    try (var names = Files.list(folder.resolve(".interlink/fake/spool"))) {
      for (Path name : names.toList()) {
        Files.delete(name);
      }
    }
    await().atMost(PATIENCE).until(() -> state(job) == JobState.COMPLETED);
    List<JobReport> facts =
        connection.report(List.of(job), ReportCursor.START).reports().stream()
            .filter(fact -> !(fact instanceof JobReport.Scheduled))
            .toList();
    assertThat(facts).hasSize(3);
    assertThat(facts.get(1))
        .isInstanceOfSatisfying(
            JobReport.ContainerEnded.class,
            end -> assertThat(List.of(end.restarts(), end.exitCode())).containsExactly(2, 0));
    assertThat(facts.get(2))
        .isInstanceOfSatisfying(
            JobReport.RunnerEnded.class, end -> assertThat(end.restarts()).isEqualTo(2));
  }

  @Test
  void only_the_last_runs_words_are_told() throws Exception {
    String place = folder.resolve("no/such/place").toString();
    ContainerSpec plain = Pods.container("main", "", "true");
    ContainerSpec lost =
        new ContainerSpec(
            plain.name(), "", plain.command(), List.of(), List.of(), Optional.of(place), List.of());
    JobRequest request = Pods.pod(RestartPolicy.ALWAYS, List.of(), List.of(lost), List.of());
    JobRef job = new JobRef(request.pod(), Submit.one(connection, request));
    await().atMost(PATIENCE).until(() -> spooled(",unstarted,main,1,") == 1);
    List<String> words =
        connection.report(List.of(job), ReportCursor.START).reports().stream()
            .filter(JobReport.ContainerEnded.class::isInstance)
            .map(JobReport.ContainerEnded.class::cast)
            .sorted(Comparator.comparing(JobReport.ContainerEnded::restarts))
            .map(JobReport.ContainerEnded::message)
            .toList();
    assertThat(words).hasSize(2);
    assertThat(words.get(0)).isEmpty();
    assertThat(words.get(1)).contains(place);
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

  @Test
  void a_sinfo_that_does_not_tell_what_jobs_have_still_tells_what_there_is() throws Exception {
    Capacity all = connection.capacity();
    assertThat(all.total()).isEqualTo(new Amounts(16, Bytes.ofMebibytes(32_000), 2));
    assertThat(all.free()).contains(new Amounts(6, Bytes.ofMebibytes(12_000), 1));
    slurm.turn("old", true);
    assertThat(connection.capacity())
        .isEqualTo(new Capacity(all.total(), Optional.empty(), all.labels()));
  }

  @Test
  void a_backend_with_a_partition_says_so() throws Exception {
    try (DriverConnection parked = open("partition", "parked")) {
      assertThat(parked.capacity().labels())
          .containsOnly(
              entry("slurm.interlink.ee/partition", "parked"),
              entry("slurm.interlink.ee/time-limit-minutes", "1440"),
              entry("slurm.interlink.ee/feature.avx2", "true"),
              entry("slurm.interlink.ee/gpu.a100", "2"));
    }
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
