package ee.interlink.batch;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Does what the core does: asks round after round, keeps every fact, then hands the cursor on. */
public final class Observer {
  private final BatchConnection connection;
  private final Duration patience;
  private final Map<PodUid, JobRef> live = new LinkedHashMap<>();
  private final List<JobReport> facts = new ArrayList<>();
  private ReportCursor cursor = ReportCursor.START;

  public Observer(BatchConnection connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  public void watch(JobRef job) {
    live.put(job.pod(), job);
  }

  public List<JobRef> live() {
    return List.copyOf(live.values());
  }

  /** One round; jobs that have ended are no longer asked for. */
  public void round() throws BatchException {
    JobReports reports = connection.report(live(), cursor);
    for (JobReport report : reports.reports()) {
      facts.add(report);
      if (report instanceof JobReport.Scheduled word && word.state().ended()) {
        live.remove(word.pod());
      }
    }
    cursor = reports.next();
  }

  public void awaitFact(Predicate<JobReport> wanted) {
    await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              round();
              return facts.stream().anyMatch(wanted);
            });
  }

  /**
   * Until the scheduler has said that the job is over. The caller then stops asking, so the facts
   * of its containers must have come by that round.
   */
  public void awaitEnd(JobRef job) {
    awaitFact(
        fact ->
            fact instanceof JobReport.Scheduled word
                && word.pod().equals(job.pod())
                && word.state().ended());
  }

  public void awaitStart(JobRef job, String container) {
    awaitFact(
        fact ->
            fact instanceof JobReport.ContainerStarted start
                && start.pod().equals(job.pod())
                && start.container().value().equals(container));
  }

  public <T extends JobReport> List<T> facts(JobRef job, Class<T> kind) {
    return facts.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(fact -> fact.pod().equals(job.pod()))
        .toList();
  }

  /** The last that the scheduler said of a job; nothing said is nothing known. */
  public JobState state(JobRef job) {
    List<JobReport.Scheduled> words = facts(job, JobReport.Scheduled.class);
    return words.isEmpty() ? JobState.UNKNOWN : words.get(words.size() - 1).state();
  }

  /** How a container ended; fails if that was never told. */
  public JobReport.ContainerEnded end(JobRef job, String container) {
    return facts(job, JobReport.ContainerEnded.class).stream()
        .filter(end -> end.container().value().equals(container))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no end of " + container + " in " + facts));
  }

  public JobReport.ContainerStarted start(JobRef job, String container) {
    return facts(job, JobReport.ContainerStarted.class).stream()
        .filter(start -> start.container().value().equals(container))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no start of " + container + " in " + facts));
  }
}
