package ee.interlink.site.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.Observer;
import ee.interlink.batch.Submit;
import ee.interlink.site.SshShell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What tests of a real scheduler's faults have at hand, and the clearing away after each. No others
 * run meanwhile.
 */
@Isolated
public abstract class SiteFaultsFixture {
  protected static final Duration PATIENCE = Duration.ofSeconds(60);

  /** More than there is on any file system of these tests. */
  protected static final String FILLS_THE_DISK = "head -c 90000000 /dev/zero; exit 42";

  private final List<JobRef> jobs = new ArrayList<>();
  protected SiteTestbed testbed;
  protected DriverConnection connection;

  /** The account of the jobs, by hand. */
  protected SshShell alice;

  protected Observer observer;

  protected abstract BatchDriver driver();

  /** A backend, with more settings than the usual ones: a key, a value, and so on. */
  protected BackendSettings backend(String... settings) throws Exception {
    return testbed.settings(driver(), settings);
  }

  /** Settings of {@link #connection} beside the usual ones: a key, a value, and so on. */
  protected String[] settings() {
    return new String[0];
  }

  @BeforeEach
  final void enter() throws Exception {
    testbed = new SiteTestbed();
    connection = connect(settings());
    alice = testbed.shell();
    observer = new Observer(connection, PATIENCE);
  }

  @AfterEach
  final void leave() throws Exception {
    for (JobRef job : jobs) {
      connection.cancel(job, Duration.ZERO);
    }
    for (JobRef job : jobs) {
      observer.awaitEnd(job);
      connection.discard(job.pod());
    }
    connection.close();
    alice.close();
    testbed.remove();
  }

  /** With more settings: a key, a value, and so on. */
  protected final DriverConnection connect(String... settings) throws Exception {
    return driver().connect(backend(settings), SiteTestbed.ALICE);
  }

  protected final JobRef run(JobRequest request) throws Exception {
    return submitted(request, Submit.one(connection, request));
  }

  /** A job that is to be observed, and cancelled after the test. */
  protected final JobRef submitted(JobRequest request, JobId id) {
    JobRef job = new JobRef(request.pod(), id);
    jobs.add(job);
    observer.watch(job);
    return job;
  }

  /** The exit codes of a failing job's containers, where its directory has 2 MB. */
  protected final List<Integer> codesInAFullDirectory(JobRequest request) throws Exception {
    String full = testbed.directory + "-full";
    testbed.tell(
        "mkdir " + full + " && mount -t tmpfs -o size=2m,mode=700,uid=$(id -u alice) full " + full);
    try (DriverConnection small = connect("directory", full)) {
      JobRef job = new JobRef(request.pod(), Submit.one(small, request));
      Observer watching = new Observer(small, PATIENCE);
      watching.watch(job);
      watching.awaitEnd(job);
      assertThat(watching.state(job)).isEqualTo(JobState.FAILED);
      return codes(watching, job);
    } finally {
      testbed.tell("umount -l " + full + " && rmdir " + full);
    }
  }

  protected static List<Integer> codes(Observer observer, JobRef job) {
    return observer.facts(job, JobReport.ContainerEnded.class).stream()
        .map(JobReport.ContainerEnded::exitCode)
        .toList();
  }

  /** What the container main has said so far. */
  protected final String log(JobRef job) throws BatchException {
    LogFile main = LogFile.output(new ContainerName("main"));
    return new String(
        connection.log(job, main, new LogRange(0, 1000)).content(), StandardCharsets.UTF_8);
  }
}
