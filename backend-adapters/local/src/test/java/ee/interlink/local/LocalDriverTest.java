package ee.interlink.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriverContract;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.Pods;
import ee.interlink.batch.ReportCursor;
import ee.interlink.batch.Submit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalDriverTest extends BatchDriverContract {
  @TempDir static Path folder;

  @Override
  protected BatchDriver driver() {
    return new LocalDriver();
  }

  @Override
  protected BackendSettings settings() {
    return settings(Map.of("directory", folder.resolve("jobs").toString(), "runtime", "none"));
  }

  @Override
  protected AccountName account() {
    return new AccountName("anyone");
  }

  @Override
  protected Duration patience() {
    return Duration.ofSeconds(20);
  }

  @Test
  void the_driver_is_found_by_its_name() {
    assertThat(ServiceLoader.load(BatchDriver.class))
        .anyMatch(driver -> driver instanceof LocalDriver && driver.name().equals("local"));
  }

  @Test
  void submissions_at_once_are_one_job() throws Exception {
    JobRequest request = Pods.pod(Pods.freshUid(), container("main", "echo once"));
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try {
      Set<JobId> jobs = new HashSet<>();
      List<Future<JobId>> calls =
          callers.invokeAll(Collections.nCopies(4, () -> Submit.one(connection, request)));
      for (Future<JobId> call : calls) {
        jobs.add(call.get());
      }
      assertThat(jobs).hasSize(1);
    } finally {
      callers.shutdownNow();
    }
    JobRef job = submit(request);
    observer.awaitEnd(job);
    assertThat(log(job, "main")).isEqualTo("once\n");
  }

  @Test
  void a_runner_killed_by_somebody_is_no_success_and_leaves_nothing_running() throws Exception {
    JobRef job = submit(container("main", "echo $$; exec sleep 600"));
    awaitLog(job, "main", "\n");
    Path sleep = Path.of("/proc", log(job, "main").strip(), "stat");
    RunnerProcess runner = RunnerProcess.of(job.job()).orElseThrow();
    ProcessHandle.of(runner.pid()).orElseThrow().destroyForcibly();
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.FAILED);
    assertThat(folder.resolve("jobs/" + job.pod() + "/containers"))
        .as("the words of its containers, which may be secret")
        .doesNotExist();
    await().until(() -> !Files.exists(sleep) || Files.readString(sleep).contains(") Z "));
  }

  @Test
  void a_job_of_an_earlier_boot_is_lost() throws Exception {
    JobRef job = submit(container("main", "sleep 600"));
    RunnerProcess runner = RunnerProcess.of(job.job()).orElseThrow();
    RunnerProcess before = new RunnerProcess(runner.pid(), runner.start(), "00000000");
    JobRef old = new JobRef(job.pod(), before.jobId());
    assertThat(word(old)).isEqualTo(JobState.LOST);
  }

  @Test
  void a_pid_given_out_again_is_another_process() throws Exception {
    JobRef job = submit(container("main", "echo begun; sleep 600"));
    awaitLog(job, "main", "begun");
    RunnerProcess runner = RunnerProcess.of(job.job()).orElseThrow();
    RunnerProcess reused = new RunnerProcess(runner.pid(), runner.start() - 1, runner.boot());
    assertThat(reused.isAlive()).isFalse();
    reused.terminate();
    assertThat(runner.isAlive()).isTrue();
  }

  @Test
  void a_running_job_cannot_be_discarded() throws Exception {
    JobRef job = submit(container("main", "sleep 600"));
    assertThatThrownBy(() -> connection.discard(job.pod()))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("still runs");
  }

  @Test
  void plain_processes_are_announced() throws Exception {
    assertThat(LocalDriver.notice(settings())).get().asString().contains("plain processes");
    assertThat(LocalDriver.notice(settings(Map.of("runtime", "apptainer")))).isEmpty();
  }

  @Test
  void a_wrong_runtime_is_named_with_its_key() {
    assertThatThrownBy(() -> driver().check(settings(Map.of("runtime", "docker"))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("interlink.backends.here.runtime is 'docker'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "PT0S", "-PT1S", "PT5M0.001S"})
  void a_wrong_backoff_is_named_with_its_key(String value) {
    assertThatThrownBy(() -> driver().check(settings(Map.of("restart.backoff", value))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("interlink.backends.here.restart.backoff is ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ten", "-1", "4294967295"})
  void a_limit_of_the_output_that_is_none_is_named(String value) {
    assertThatThrownBy(() -> driver().check(settings(Map.of("log-limit-mib", value))))
        .hasMessageStartingWith("interlink.backends.here.log-limit-mib is ");
  }

  private JobState word(JobRef job) throws Exception {
    return connection.report(List.of(job), ReportCursor.START).reports().stream()
        .filter(JobReport.Scheduled.class::isInstance)
        .map(JobReport.Scheduled.class::cast)
        .findFirst()
        .orElseThrow()
        .state();
  }

  private static BackendSettings settings(Map<String, String> values) {
    return new BackendSettings(new BackendName("here"), "local", values);
  }
}
