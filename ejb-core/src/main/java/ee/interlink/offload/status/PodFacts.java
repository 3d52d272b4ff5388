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
    String evicted) {
  static final Duration SETTLE = Duration.ofSeconds(3);
  public static final PodFacts NONE =
      new PodFacts(JobState.QUEUED, "", null, null, null, false, null, Map.of(), Map.of(), null);

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

  private PodFacts scheduled(JobReport.Scheduled said, Instant now) {
    if (jobEndedAt != null && said.state() != job) {
      return this; // an older answer, or a queue that has forgotten: the first end is final
    }
    Long ended = said.state().ended() && jobEndedAt == null ? (Long) ms(now) : jobEndedAt;
    Integer code = said.exitCode().isPresent() ? (Integer) said.exitCode().getAsInt() : jobExitCode;
    return new PodFacts(
        said.state(),
        said.words(),
        ended,
        code,
        runnerEndedAt,
        terminated,
        restarts,
        containers,
        images,
        evicted);
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
      return evicted(why.volume().value());
    }
    if (report instanceof JobReport.OutOfMemory) {
      return job == JobState.FAILED ? outOfMemory() : this;
    }
    JobReport.RunnerEnded ended = (JobReport.RunnerEnded) report;
    return runnerEndedAt != null
        ? this
        : new PodFacts(
            job,
            words,
            jobEndedAt,
            jobExitCode,
            ms(ended.at()),
            ended.terminated(),
            ended.restarts(),
            containers,
            images,
            evicted);
  }

  private PodFacts cared(ContainerName container, int run, UnaryOperator<CareFacts> told) {
    return container(container.value(), facts(container.value()).cared(run, told));
  }

  private PodFacts evicted(String volume) {
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
        volume);
  }

  /** The one end that is not final, for all that the scheduler knew was that the job failed. */
  private PodFacts outOfMemory() {
    return new PodFacts(
        JobState.OUT_OF_MEMORY,
        words,
        jobEndedAt,
        jobExitCode,
        runnerEndedAt,
        terminated,
        restarts,
        containers,
        images,
        evicted);
  }

  private PodFacts container(String name, ContainerFacts facts) {
    Map<String, ContainerFacts> changed = new TreeMap<>(containers);
    changed.put(name, facts);
    return new PodFacts(
        job,
        words,
        jobEndedAt,
        jobExitCode,
        runnerEndedAt,
        terminated,
        restarts,
        changed,
        images,
        evicted);
  }

  private PodFacts image(String container, ImageFacts image) {
    Map<String, ImageFacts> changed = new TreeMap<>(images);
    changed.merge(container, image, ImageFacts::or);
    return new PodFacts(
        job,
        words,
        jobEndedAt,
        jobExitCode,
        runnerEndedAt,
        terminated,
        restarts,
        containers,
        changed,
        evicted);
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
