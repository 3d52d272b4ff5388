package ee.interlink.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What a driver's test hands to the contract, and the clearing away after each test. */
abstract class ContractFixture {
  private static final Mount KEPT = new Mount(new VolumeName("kept"), "/kept", "", false);

  protected BatchDriver.DriverConnection connection;
  protected Observer observer;
  private final List<JobRef> submitted = new ArrayList<>();
  @TempDir Path outside;

  /** The driver under test. */
  protected abstract BatchDriver driver();

  /** Valid settings of a backend that nobody else uses at the same time. */
  protected abstract BackendSettings settings();

  protected abstract AccountName account();

  /** An image that has {@code sh}; empty for plain processes. */
  protected String image() {
    return "";
  }

  /** Where a container finds what an earlier run of it has left there. */
  protected final String kept() {
    return image().isEmpty() ? outside.toString() : KEPT.path();
  }

  /** The same container with that place; a plain process needs no mount. */
  protected final ContainerSpec onKept(ContainerSpec spec) {
    return image().isEmpty() ? spec : Pods.withMounts(spec, List.of(KEPT));
  }

  protected final List<Volume> keptVolumes() {
    return image().isEmpty() ? List.of() : List.of(new Volume.EmptyDir(KEPT.volume()));
  }

  /** An id of this driver's form that no job has. */
  protected JobId unusedJobId() {
    return new JobId("999999999");
  }

  /** How long a small job may take from its submission to the report of its end. */
  protected Duration patience() {
    return Duration.ofSeconds(60);
  }

  @BeforeEach
  void connect() throws Exception {
    connect(Duration.ofSeconds(1));
  }

  /** Enters anew, with another wait before a container is started for the third time. */
  protected final void connect(Duration backoff) throws Exception {
    if (connection != null) {
      connection.close();
    }
    BackendSettings given = settings();
    Map<String, String> values = new TreeMap<>(given.values());
    values.put("restart.backoff", backoff.toString());
    values.put("log-limit-mib", "1");
    BackendSettings settings = new BackendSettings(given.name(), given.driver(), values);
    driver().check(settings);
    connection = driver().connect(settings, account());
    observer = new Observer(connection, patience());
  }

  @AfterEach
  void leave_nothing_behind() throws Exception {
    if (connection == null) {
      return; // the fault of connect() is the one to be seen
    }
    for (JobRef job : submitted) {
      observer.watch(job);
    }
    await()
        .atMost(patience())
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              observer.round();
              for (JobRef job : observer.live()) {
                connection.cancel(job, Duration.ZERO);
              }
              return observer.live().stream().noneMatch(this::stillRuns);
            });
    for (JobRef job : submitted) {
      connection.discard(job.pod());
    }
    connection.close();
  }

  /** A job that its test has discarded is no longer known, and need not be waited for. */
  private boolean stillRuns(JobRef job) {
    return observer.state(job) != JobState.UNKNOWN;
  }

  protected ContainerSpec container(String name, String script, String... args) {
    return Pods.container(name, image(), script, args);
  }

  protected JobRef submit(JobRequest request) throws BatchException {
    return took(request, Submit.one(connection, request));
  }

  private JobRef took(JobRequest request, JobId id) {
    JobRef job = new JobRef(request.pod(), id);
    submitted.add(job);
    observer.watch(job);
    return job;
  }

  protected List<JobRef> submitTogether(List<JobRequest> requests) throws BatchException {
    List<SubmitOutcome> outcomes = connection.submit(requests);
    List<JobRef> jobs = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      jobs.add(took(requests.get(i), Submit.job(outcomes.get(i))));
    }
    return jobs;
  }

  protected JobRef submit(ContainerSpec... containers) throws BatchException {
    return submit(Pods.pod(Pods.freshUid(), containers));
  }

  protected String log(JobRef job, String container) throws BatchException {
    return log(job, container, 0);
  }

  protected String log(JobRef job, String container, long offset) throws BatchException {
    LogRange range = new LogRange(offset, 1 << 20);
    return new String(
        connection.log(job, LogFile.output(new ContainerName(container)), range).content(), UTF_8);
  }

  protected void awaitLog(JobRef job, String container, String content) {
    await()
        .atMost(patience())
        .pollInterval(Duration.ofMillis(100))
        .until(() -> log(job, container).contains(content));
  }

  /** Asks for the end again and again, as the core does, until the scheduler says so. */
  protected void cancelUntilEnded(JobRef job, Duration grace) {
    await()
        .atMost(patience().plus(grace))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              connection.cancel(job, grace);
              observer.round();
              return observer.state(job).ended();
            });
  }
}
