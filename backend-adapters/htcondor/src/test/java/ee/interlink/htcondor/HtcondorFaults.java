package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.Pods;
import ee.interlink.batch.ReportCursor;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Submit;
import ee.interlink.batch.SubmitOutcome;
import ee.interlink.site.jobs.SiteFaultsFixture;
import ee.interlink.site.jobs.SiteTestbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people, policies and accidents do to jobs of a real HTCondor. */
@Tag("testbed")
abstract class HtcondorFaults extends SiteFaultsFixture {
  private static final long MORE_CPUS_THAN_THE_SITE_ALLOWS = 100_001_000;

  @Override
  protected BatchDriver driver() {
    return new HtcondorDriver();
  }

  @Override
  protected String[] settings() {
    return new String[] {"runtime", "none", "job-lease", "PT20S"};
  }

  /** The job's folder where it runs, as a pattern of bash. */
  protected abstract String folder(JobRef job);

  protected final JobRef run(String script) throws Exception {
    return run(Pods.pod(Pods.freshUid(), Pods.container("main", "", script)));
  }

  protected static final JobRequest asking(String script, Resources resources, Duration limit) {
    return new JobRequest(
        Pods.freshUid(),
        "default",
        "asking",
        List.of(),
        List.of(Pods.container("main", "", script)),
        RestartPolicy.NEVER,
        List.of(),
        resources,
        Duration.ZERO,
        Optional.ofNullable(limit));
  }

  protected final void condor(String command, JobRef job) throws Exception {
    SiteTestbed.run(alice, command, job.job().value());
  }

  protected final String lastWords(JobRef job) {
    List<JobReport.Scheduled> words = observer.facts(job, JobReport.Scheduled.class);
    return words.get(words.size() - 1).words();
  }

  protected final void awaitIdle(JobRef job) {
    observer.awaitFact(
        fact ->
            fact instanceof JobReport.Scheduled word
                && word.pod().equals(job.pod())
                && word.words().startsWith("idle"));
  }

  /** What is left of the log of a run that went with its shadow. */
  protected String logOfALostRun() {
    return "ran\n";
  }

  @Test
  void a_job_that_waits_and_is_held_says_so_and_runs_once_it_is_released() throws Exception {
    JobRef job = run(parked());
    awaitIdle(job);
    condor("condor_hold", job);
    observer.awaitFact(
        fact ->
            fact instanceof JobReport.Scheduled word
                && word.words().equals("held (via condor_hold (by user alice))"));
    assertThat(observer.state(job)).isEqualTo(JobState.QUEUED);
    SiteTestbed.run(alice, "condor_qedit", job.job().value(), "RequestCpus", "1");
    condor("condor_release", job);
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(log(job)).isEqualTo("ran\n");
  }

  /** More CPUs than any machine here has. */
  protected static final JobRequest parked() {
    return asking("echo ran", new Resources(Optional.of(50_000_000L), Optional.empty(), 0), null);
  }

  @Test
  void a_job_that_takes_more_memory_than_it_asked_for_is_out_of_memory() throws Exception {
    Resources little = new Resources(Optional.empty(), Optional.of(Bytes.ofMebibytes(100)), 0);
    JobRef job =
        run(asking("x=$(head -c 400000000 /dev/zero | tr '\\0' x); sleep 600", little, null));
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.OUT_OF_MEMORY);
    assertThat(lastWords(job)).contains("memory");
  }

  @Test
  void a_job_that_waits_and_is_removed_by_hand_is_cancelled() throws Exception {
    JobRef job = run(parked());
    awaitIdle(job);
    condor("condor_rm", job);
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.CANCELLED);
    assertThat(lastWords(job)).isEqualTo("removed (via condor_rm (by user alice))");
  }

  @Test
  void a_job_that_runs_and_is_removed_by_hand_is_never_completed() throws Exception {
    JobRef job = run("trap 'exit 0' TERM; sleep 600 & wait");
    observer.awaitStart(job, "main");
    condor("condor_rm", job);
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.CANCELLED);
    assertThat(observer.facts(job, JobReport.Scheduled.class))
        .noneMatch(word -> word.state() == JobState.COMPLETED);
  }

  @Test
  void an_evicted_job_is_lost_and_not_run_a_second_time() throws Exception {
    JobRef job = run("echo ran; sleep 600");
    observer.awaitStart(job, "main");
    condor("condor_vacate_job", job);
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.LOST);
    assertThat(log(job)).isEqualTo("ran\n");
  }

  private static JobRequest restarted(String script) {
    return Pods.pod(
        RestartPolicy.ALWAYS, List.of(), List.of(Pods.container("main", "", script)), List.of());
  }

  private List<Integer> runs(JobRef job) {
    return observer.facts(job, JobReport.ContainerStarted.class).stream()
        .map(JobReport.ContainerStarted::restarts)
        .distinct()
        .sorted()
        .toList();
  }

  private void awaitRun(JobRef job, int run) {
    observer.awaitFact(
        fact ->
            fact instanceof JobReport.ContainerStarted start
                && start.pod().equals(job.pod())
                && start.restarts() == run);
  }

  @Test
  void an_evicted_job_of_a_pod_that_is_restarted_runs_once_more_as_a_restart() throws Exception {
    JobRef job = run(restarted("echo ran; exec sleep 600"));
    awaitRun(job, 0);
    condor("condor_vacate_job", job);
    awaitRun(job, 1);
    assertThat(observer.facts(job, JobReport.ContainerEnded.class))
        .extracting(JobReport.ContainerEnded::restarts, JobReport.ContainerEnded::exitCode)
        .contains(Tuple.tuple(0, 143));
    await().atMost(PATIENCE).until(() -> log(job).equals("ran\n"));
    LogFile before = new LogFile(new ContainerName("main"), LogFile.Kind.PREVIOUS_OUTPUT);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(connection.log(job, before, new LogRange(0, 10)).content())
                    .asString()
                    .isEqualTo("ran\n"));
    connection.cancel(job, Duration.ofSeconds(1));
    observer.awaitEnd(job);
    assertThat(runs(job)).containsExactly(0, 1);
    assertThat(observer.state(job)).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void a_job_of_a_pod_that_is_restarted_may_be_held_while_it_runs() throws Exception {
    JobRef job = run(restarted("exec sleep 600"));
    awaitRun(job, 0);
    condor("condor_hold", job);
    observer.awaitFact(
        fact ->
            fact instanceof JobReport.Scheduled word
                && word.pod().equals(job.pod())
                && word.state() == JobState.REQUEUED);
    assertThat(lastWords(job)).isEqualTo("held (via condor_hold (by user alice))");
    condor("condor_release", job);
    awaitRun(job, 1);
    condor("condor_rm", job);
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void a_job_of_a_pod_that_is_restarted_outlives_its_shadow() throws Exception {
    JobRef job = run(restarted("exec sleep 600"));
    awaitRun(job, 0);
    testbed.asRoot("pkill", "-KILL", "-x", "condor_shadow");
    awaitRun(job, 1);
    connection.cancel(job, Duration.ofSeconds(1));
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.CANCELLED);
  }

  /** Its processes die with it; the shadow looks for them as long as the job's lease lasts. */
  @Test
  void a_job_whose_startd_dies_is_lost_and_one_of_a_pod_that_is_restarted_runs_once_more()
      throws Exception {
    JobRef once = run("echo ran; sleep 600");
    JobRef again = run(restarted("exec sleep 600"));
    observer.awaitStart(once, "main");
    awaitRun(again, 0);
    testbed.asRoot("pkill", "-KILL", "-x", "condor_startd");
    observer.awaitEnd(once);
    assertThat(observer.state(once)).isEqualTo(JobState.LOST);
    assertThat(log(once)).isEqualTo(logOfALostRun());
    awaitRun(again, 1);
  }

  @Test
  void a_job_that_runs_and_is_held_is_lost_and_not_run_a_second_time() throws Exception {
    JobRef job = run("echo ran; sleep 600");
    observer.awaitStart(job, "main");
    condor("condor_hold", job);
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.LOST);
    assertThat(log(job)).isEqualTo("ran\n");
  }

  @Test
  void a_runner_that_is_killed_failed_by_that_signal() throws Exception {
    JobRef job = run("sleep 600");
    observer.awaitStart(job, "main");
    String kill = "read -r pid _ <" + folder(job) + "/state/claimed/process; kill -KILL \"$pid\"";
    SiteTestbed.run(alice, "bash", "-c", kill);
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.FAILED);
    List<JobReport.Scheduled> words = observer.facts(job, JobReport.Scheduled.class);
    assertThat(words.get(words.size() - 1).exitCode()).isEqualTo(OptionalInt.of(137));
  }

  @Test
  void a_job_beyond_its_time_limit_timed_out() throws Exception {
    JobRef job = run(asking("sleep 600", Resources.SITE_DEFAULTS, Duration.ofSeconds(1)));
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.TIMED_OUT);
  }

  /** The testbed's schedd has a SUBMIT_REQUIREMENT, as sites do. */
  @Test
  void of_jobs_submitted_together_one_that_the_site_refuses_stops_no_other() throws Exception {
    JobRequest first = Pods.pod(Pods.freshUid(), Pods.container("main", "", "true"));
    JobRequest last = Pods.pod(Pods.freshUid(), Pods.container("main", "", "true"));
    Resources one = new Resources(Optional.of(1_000L), Optional.empty(), 0);
    JobRequest fits = asking("true", one, null);
    JobRequest tooLarge =
        asking(
            "true",
            new Resources(Optional.of(MORE_CPUS_THAN_THE_SITE_ALLOWS), Optional.empty(), 0),
            null);
    List<JobRequest> requests = List.of(first, tooLarge, fits, last);
    List<SubmitOutcome> outcomes = connection.submit(requests);
    List<JobRef> done = new ArrayList<>();
    for (int i : new int[] {0, 2, 3}) {
      done.add(submitted(requests.get(i), Submit.job(outcomes.get(i))));
    }
    assertThatThrownBy(() -> Submit.job(outcomes.get(1)))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageContaining("no job here has so many CPUs");
    for (JobRef job : done) {
      observer.awaitEnd(job);
      assertThat(observer.state(job)).isEqualTo(JobState.COMPLETED);
    }
  }

  @Test
  void a_schedd_that_dies_is_an_outage_and_the_job_goes_on() throws Exception {
    JobRef job = run("sleep 600");
    observer.awaitStart(job, "main");
    testbed.asRoot("pkill", "-KILL", "-x", "condor_schedd");
    assertThat(connection.report(List.of(job), ReportCursor.START).outage()).isPresent();
    assertThatThrownBy(() -> connection.find(Pods.freshUid()))
        .isInstanceOf(BackendUnavailableException.class);
    assertThatThrownBy(() -> connection.cancel(job, Duration.ZERO))
        .isInstanceOf(BackendUnavailableException.class);
    await()
        .atMost(PATIENCE)
        .until(() -> connection.report(List.of(), ReportCursor.START).outage().isEmpty());
    assertThat(connection.find(job.pod())).contains(job.job());
  }

  /** Its schedd may not have heard yet that it runs, and starts it again. */
  @Test
  void a_job_whose_shadow_dies_is_lost_and_its_containers_are_not_run_a_second_time()
      throws Exception {
    JobRef job = run("echo ran; sleep 600");
    observer.awaitStart(job, "main");
    testbed.asRoot("pkill", "-KILL", "-x", "condor_shadow");
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.LOST);
    assertThat(log(job)).isEqualTo(logOfALostRun());
  }
}
