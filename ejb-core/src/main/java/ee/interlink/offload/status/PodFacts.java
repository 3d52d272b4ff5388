package ee.interlink.offload.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * All that was observed of a pod's job; grows, never shrinks. Folding the same reports in again, or
 * in another order, comes to the same end. Times in milliseconds since the epoch.
 *
 * @param job the scheduler's last word, {@link JobState#QUEUED} before the first
 * @param words the scheduler's own state and reason
 * @param jobEndedAt when we first heard that the job ended; null before
 * @param jobExitCode of the batch script, if the scheduler told
 * @param runnerEndedAt when the runner wrote its last file; null before
 * @param terminated whether the runner was told to end
 * @param restarts of all containers together, by the runner's last word; null before
 * @param containers by name
 * @param images what containers last waited for of their images, by the containers' names
 * @param evicted the volume that the runner has ended the pod for; null if it has not
 * @param overdueAt when the pod was found to be beyond its deadline, before its job was over; null
 *     if it was not
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodFacts(
    JobState job,
    String words,
    Long jobEndedAt,
    Integer jobExitCode,
    Long runnerEndedAt,
    boolean terminated,
    Integer restarts,
    Map<String, ContainerFacts> containers,
    Map<String, ImageFacts> images,
    String evicted,
    Long overdueAt) {
  static final Duration SETTLE = Duration.ofSeconds(3);
  public static final PodFacts NONE =
      new PodFacts(
          JobState.QUEUED, "", null, null, null, false, null, Map.of(), Map.of(), null, null);

  public PodFacts {
    job = job == null ? JobState.QUEUED : job;
    words = words == null ? "" : words;
    containers = containers == null ? Map.of() : Map.copyOf(containers);
    images = images == null ? Map.of() : Map.copyOf(images);
  }

  /** These facts and one more; this very object if the report says nothing new. */
  public PodFacts with(JobReport report, Instant now) {
    PodFacts next = report instanceof JobReport.Scheduled said ? scheduled(said, now) : ran(report);
    return next.equals(this) ? this : next;
  }

  /** These facts, and that the pod is beyond its deadline, unless it has come to its end before. */
  public PodFacts overdue(Instant now) {
    return overdueAt != null || jobOver() || runnerEndedAt != null
        ? this
        : with(facts -> facts.overdueAt = ms(now));
  }

  private PodFacts scheduled(JobReport.Scheduled said, Instant now) {
    if (jobEndedAt != null && said.state() != job) {
      return this; // an older answer, or a queue that has forgotten: the first end is final
    }
    Long ended = said.state().ended() && jobEndedAt == null ? (Long) ms(now) : jobEndedAt;
    Integer code = said.exitCode().isPresent() ? (Integer) said.exitCode().getAsInt() : jobExitCode;
    return with(
        facts -> {
          facts.job = said.state();
          facts.words = said.words();
          facts.jobEndedAt = ended;
          facts.jobExitCode = code;
        });
  }

  private PodFacts ran(JobReport report) {
    if (report instanceof JobReport.ContainerImage image) {
      return image(image.container().value(), ImageFacts.of(image));
    }
    if (report instanceof JobReport.ContainerStarted started) {
      String name = started.container().value();
      return container(name, facts(name).started(started.restarts(), ms(started.at())));
    }
    if (report instanceof JobReport.ContainerEnded ended) {
      String name = ended.container().value();
      return container(
          name,
          facts(name)
              .ended(
                  ended.restarts(),
                  ms(ended.at()),
                  ended.exitCode(),
                  ended.message(),
                  ended.failedToStart()));
    }
    if (report instanceof JobReport.ContainerUp up) {
      return cared(up.container(), up.restarts(), care -> care.up(ms(up.at())));
    }
    if (report instanceof JobReport.ContainerReady said) {
      return cared(
          said.container(), said.restarts(), care -> care.ready(said.ready(), ms(said.at())));
    }
    if (report instanceof JobReport.ContainerUnhealthy said) {
      return cared(
          said.container(),
          said.restarts(),
          care -> care.unhealthy(said.trouble(), ms(said.at()), said.message()));
    }
    if (report instanceof JobReport.Evicted why) {
      return with(facts -> facts.evicted = why.volume().value());
    }
    if (report instanceof JobReport.OutOfMemory) {
      // The one end that is not final, for all that the scheduler knew was that the job failed.
      return job == JobState.FAILED ? with(facts -> facts.job = JobState.OUT_OF_MEMORY) : this;
    }
    JobReport.RunnerEnded ended = (JobReport.RunnerEnded) report;
    return runnerEndedAt != null
        ? this
        : with(
            facts -> {
              facts.runnerEndedAt = ms(ended.at());
              facts.terminated = ended.terminated();
              facts.restarts = ended.restarts();
            });
  }

  private PodFacts cared(ContainerName container, int run, UnaryOperator<CareFacts> told) {
    return container(container.value(), facts(container.value()).cared(run, told));
  }

  private PodFacts container(String name, ContainerFacts facts) {
    Map<String, ContainerFacts> changed = new TreeMap<>(containers);
    changed.put(name, facts);
    return with(draft -> draft.containers = changed);
  }

  private PodFacts image(String container, ImageFacts image) {
    Map<String, ImageFacts> changed = new TreeMap<>(images);
    changed.merge(container, image, ImageFacts::or);
    return with(draft -> draft.images = changed);
  }

  /** The same facts but for those that are set anew. */
  private PodFacts with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.facts();
  }

  /** Facts on the way to the next ones. */
  private static final class Draft {
    private JobState job;
    private String words;
    private Long jobEndedAt;
    private Integer jobExitCode;
    private Long runnerEndedAt;
    private boolean terminated;
    private Integer restarts;
    private Map<String, ContainerFacts> containers;
    private Map<String, ImageFacts> images;
    private String evicted;
    private Long overdueAt;

    private Draft(PodFacts facts) {
      job = facts.job;
      words = facts.words;
      jobEndedAt = facts.jobEndedAt;
      jobExitCode = facts.jobExitCode;
      runnerEndedAt = facts.runnerEndedAt;
      terminated = facts.terminated;
      restarts = facts.restarts;
      containers = facts.containers;
      images = facts.images;
      evicted = facts.evicted;
      overdueAt = facts.overdueAt;
    }

    private PodFacts facts() {
      return new PodFacts(
          job,
          words,
          jobEndedAt,
          jobExitCode,
          runnerEndedAt,
          terminated,
          restarts,
          containers,
          images,
          evicted,
          overdueAt);
    }
  }

  /** What a run of a container last waited for; empty if nothing was said of that run. */
  Optional<ImageFacts> image(String container, int run) {
    return Optional.ofNullable(images.get(container)).filter(image -> image.run() == run);
  }

  ContainerFacts facts(String container) {
    return containers.getOrDefault(container, ContainerFacts.NONE);
  }

  /**
   * Whether nothing of the job runs any more: the scheduler says so, or has forgotten a job whose
   * runner had ended.
   */
  public boolean jobOver() {
    return jobEndedAt != null || (runnerEndedAt != null && job == JobState.UNKNOWN);
  }

  /**
   * Whether nothing more is to be learnt. On shared file systems a job's own last words may come
   * after the scheduler's, and out of order, so they are waited for a moment.
   */
  public boolean closed(Instant now) {
    if (!jobOver()) {
      return false;
    }
    long over = jobEndedAt != null ? jobEndedAt : runnerEndedAt;
    boolean allTold = containers.values().stream().allMatch(ContainerFacts::isOver);
    return (allRunsTold() && allTold) || ms(now) - over >= SETTLE.toMillis();
  }

  /**
   * Whether the runner's last word is here, and there is no later run of a container than those
   * that we know of. Else an end would be taken for the last one.
   */
  boolean allRunsTold() {
    return runnerEndedAt != null
        && (restarts == null
            || containers.values().stream().mapToInt(ContainerFacts::restarts).sum() >= restarts);
  }

  /** When nothing of the job ran any more, as far as we know; null before. */
  Long overAt() {
    return runnerEndedAt != null ? runnerEndedAt : jobEndedAt;
  }

  private static long ms(Instant at) {
    return at.toEpochMilli();
  }
}
