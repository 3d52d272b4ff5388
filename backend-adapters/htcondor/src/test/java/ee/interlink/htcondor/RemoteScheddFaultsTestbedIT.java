package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.batch.Pods;
import ee.interlink.batch.ReportCursor;
import ee.interlink.batch.Submit;
import ee.interlink.site.jobs.SiteTestbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same with a schedd that shares no file system with us, and what can only happen there. */
@Tag("testbed")
class RemoteScheddFaultsTestbedIT extends HtcondorFaults {
  private static final String SCRATCH = "/var/lib/condor/execute/dir_*";
  @TempDir Path place;

  @Override
  protected BackendSettings backend(String... settings) throws Exception {
    return testbed.settingsOfRemoteSchedd(driver(), place, settings);
  }

  @Override
  protected String folder(JobRef job) {
    return SCRATCH + "/" + job.pod();
  }

  /** What its first run wrote was in a scratch directory that nobody has any more. */
  @Override
  protected String logOfALostRun() {
    return "";
  }

  private String spool(JobRef job) {
    String[] id = job.job().value().split("\\.", 2);
    int cluster = Integer.parseInt(id[0]);
    return "/var/spool/condor/"
        + cluster % 10_000
        + "/"
        + id[1]
        + "/cluster"
        + cluster
        + ".proc"
        + id[1]
        + ".subproc0";
  }

  private static JobRequest pod(String script) {
    return Pods.pod(Pods.freshUid(), Pods.container("main", "", script));
  }

  /** As a condor_submit leaves it that was killed between its commit and its last file. */
  @Test
  void a_job_whose_files_never_came_whole_is_made_again_and_never_told_as_an_end()
      throws Exception {
    JobRequest request = pod("echo ran");
    String description =
        String.join(
            "\n",
            "executable = /bin/true",
            "transfer_executable = false",
            "should_transfer_files = YES",
            "transfer_input_files = /no/such/file",
            "MY.PodUID = \"" + request.pod() + "\"",
            "MY.InterlinkBackend = \"remote\"",
            "queue");
    String submit = "_CONDOR_SUBMIT_SKIP_FILECHECKS=true condor_submit -spool - <<<\"$1\"";
    assertThatThrownBy(() -> SiteTestbed.run(alice, "bash", "-c", submit, "sh", description))
        .hasMessageContaining("/no/such/file");
    observer.watch(new JobRef(request.pod(), new JobId("0.0")));
    observer.round();
    assertThat(connection.find(request.pod())).isEmpty();
    JobRef job = run(request);
    observer.awaitEnd(job);
    assertThat(observer.facts(job, JobReport.Scheduled.class))
        .noneMatch(word -> word.state() == JobState.CANCELLED);
    assertThat(observer.state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(log(job)).isEqualTo("ran\n");
  }

  /**
   * The part of the spool that the next job will have is a file system that is too small for it.
   */
  @Test
  void a_spool_without_room_submits_nothing_and_says_so_and_once_there_is_room_the_job_is_made()
      throws Exception {
    JobRef before = run("true");
    observer.awaitEnd(before);
    int next = Integer.parseInt(before.job().value().split("\\.", 2)[0]) + 1;
    String part = "/var/spool/condor/" + next % 10_000;
    testbed.tell(
        "install -d -o condor -g condor "
            + part
            + " && mount -t tmpfs -o size=16k,uid=$(id -u condor),gid=$(id -g condor) full "
            + part);
    JobRequest request = pod("echo ran");
    try {
      assertThatThrownBy(() -> Submit.one(connection, request))
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessageContaining("No space left on device");
    } finally {
      testbed.asRoot("umount", part);
    }
    JobRef job = run(request);
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(log(job)).isEqualTo("ran\n");
  }

  /** Its runner can write no word down any more, but empty files, whose names are enough. */
  @Test
  void a_container_that_fills_the_disk_of_its_machine_has_its_exit_code_and_the_end_of_its_log()
      throws Exception {
    String execute = "/var/lib/condor/execute";
    testbed.tell(
        "mount -t tmpfs -o size=8m,mode=755,uid=$(id -u condor),gid=$(id -g condor) full "
            + execute);
    try {
      JobRef job = run(pod(FILLS_THE_DISK));
      observer.awaitEnd(job);
      assertThat(observer.state(job)).isEqualTo(JobState.FAILED);
      assertThat(codes(observer, job)).containsOnly(42);
      LogFile main = LogFile.output(new ContainerName("main"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(connection.log(job, main, new LogRange(-100, 100)).content())
                      .hasSize(100));
    } finally {
      testbed.tell("umount -l " + execute);
    }
  }

  @Test
  void nothing_of_an_ended_job_stays_in_the_schedds_spool() throws Exception {
    JobRef job = run("sleep 600");
    observer.awaitStart(job, "main");
    testbed.asRoot("test", "-e", spool(job) + "/job.tar");
    connection.cancel(job, Duration.ZERO);
    observer.awaitEnd(job);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              connection.report(List.of(), ReportCursor.START);
              testbed.asRoot("test", "!", "-e", spool(job));
            });
  }

  @Test
  void a_job_whose_input_is_gone_from_the_spool_failed_in_htcondors_words() throws Exception {
    JobRef job = run(parked());
    awaitIdle(job);
    testbed.asRoot("rm", spool(job) + "/job.tar");
    SiteTestbed.run(alice, "condor_qedit", job.job().value(), "RequestCpus", "1");
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.FAILED);
    assertThat(lastWords(job)).contains("job.tar");
  }

  @Test
  void a_job_removed_by_the_administrator_is_cancelled_and_says_by_whom() throws Exception {
    JobRef job = run("sleep 600");
    observer.awaitStart(job, "main");
    testbed.asRoot("condor_rm", job.job().value());
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.CANCELLED);
    assertThat(lastWords(job)).contains("by user condor");
  }

  @Test
  void a_token_that_has_expired_submits_nothing_and_a_new_one_is_used_at_once() throws Exception {
    Path own = Files.createDirectories(place.resolve("tokens/alice"));
    String expired =
        testbed.tell(
            "condor_token_create -lifetime 1 -identity alice@testbed -key POOL; now=$(date +%s);"
                + " until (($(date +%s) > now + 1)); do sleep 0.1; done");
    Files.writeString(own.resolve("pool"), expired);
    Path good = Path.of(backend().values().get("token-directory"), "alice", "testbed");
    JobRequest request = pod("true");
    try (DriverConnection withIt =
        connect("runtime", "none", "token-directory", own.getParent().toString())) {
      assertThatThrownBy(() -> Submit.one(withIt, request))
          .isInstanceOf(NotAuthorisedException.class);
      Files.copy(good, own.resolve("pool"), StandardCopyOption.REPLACE_EXISTING);
      JobRef job = submitted(request, Submit.one(withIt, request));
      observer.awaitEnd(job);
      assertThat(observer.state(job)).isEqualTo(JobState.COMPLETED);
    }
  }
}
