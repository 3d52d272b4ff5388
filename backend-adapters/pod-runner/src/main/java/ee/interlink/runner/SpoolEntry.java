package ee.interlink.runner;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ImageState;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.VolumeName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event of a runner. It is nothing but the name of an empty file, {@code
 * POD,KIND,CONTAINER,RESTARTS,NUMBER,MILLIS}, so one listing of one folder reads the news of all
 * jobs.
 *
 * @param container empty for {@link Kind#ENDED} and {@link Kind#OUT_OF_MEMORY}; of {@link
 *     Kind#EVICTED} the name of the volume
 * @param restarts which run of the container, from 0; of {@link Kind#ENDED} all restarts together
 * @param number the exit code; of {@link Kind#IMAGE} which of {@link ImageState}; of {@link
 *     Kind#ENDED} 1 if the runner was told to end, else 0; of {@link Kind#READY} 1 if so, else 0;
 *     of {@link Kind#UNHEALTHY} the number of the trouble
 */
public record SpoolEntry(
    PodUid pod,
    Kind kind,
    Optional<ContainerName> container,
    int restarts,
    int number,
    Instant at) {

  /** What happened. */
  public enum Kind {
    /**
     * The container waits for its image; the number says for what of it, and {@link StateFiles} has
     * the words.
     */
    IMAGE,
    STARTED,
    EXITED,
    /** The same, with a message of the container's own. */
    SAID,
    /** The container could not be started; {@link StateFiles} has the reason. */
    UNSTARTED,
    UP,
    READY,
    /** {@link StateFiles} has what it said. */
    UNHEALTHY,
    /** There is more in a volume than may be. */
    EVICTED,
    /** Not by the runner, which was killed: the site has found out why. */
    OUT_OF_MEMORY,
    ENDED;

    private final String word = name().toLowerCase(Locale.ROOT);
  }

  /** The code of a container that had not begun when its pod was told to end. */
  private static final int TOLD_TO_END = 143;

  private static final List<JobReport.Trouble> TROUBLES = List.of(JobReport.Trouble.values());

  /** What the number of {@link Kind#IMAGE} stands for; images.sh has the same. */
  private static final List<ImageState> IMAGE_STATES =
      List.of(
          ImageState.PULLING,
          ImageState.PULL_FAILED,
          ImageState.BACKING_OFF,
          ImageState.NOT_PRESENT,
          ImageState.INVALID_NAME);

  private static final Pattern FORM =
      Pattern.compile(
          "([a-z0-9-]{1,64}),(?:(image|started|exited|said|unstarted|up|ready|unhealthy|evicted),([a-z0-9-]{1,63})|(ended|out_of_memory),)"
              + ",([0-9]{1,9}),([0-9]{1,3}),([0-9]{1,15})");

  public SpoolEntry {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(at, "at");
    if (kind == Kind.UNHEALTHY && number >= TROUBLES.size()) {
      throw new IllegalArgumentException("no trouble has the number " + number);
    }
    if (container.isPresent() == (kind == Kind.ENDED || kind == Kind.OUT_OF_MEMORY)) {
      throw new IllegalArgumentException(kind + " with container " + container);
    }
    if (kind == Kind.IMAGE && number >= IMAGE_STATES.size()) {
      throw new IllegalArgumentException("image in a state " + number);
    }
  }

  /** Reads a name; another name than a runner writes is nothing, whoever put it there. */
  public static Optional<SpoolEntry> parse(String name) {
    Matcher parts = FORM.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String word = parts.group(2) == null ? parts.group(4) : parts.group(2);
    try {
      return Optional.of(
          new SpoolEntry(
              new PodUid(parts.group(1)),
              Kind.valueOf(word.toUpperCase(Locale.ROOT)),
              Optional.ofNullable(parts.group(3)).map(ContainerName::new),
              Integer.parseInt(parts.group(5)),
              Integer.parseInt(parts.group(6)),
              Instant.ofEpochMilli(Long.parseLong(parts.group(7)))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a name that only looks like a pod's or a container's
    }
  }

  public String format() {
    String name = container.map(ContainerName::value).orElse("");
    return String.join(
        ",", pod.value(), kind.word, name, "" + restarts, "" + number, "" + at.toEpochMilli());
  }

  /** Whether {@link #report} needs the container's message from the job's state files. */
  public boolean hasMessage() {
    return kind == Kind.UNSTARTED
        || kind == Kind.SAID
        || kind == Kind.UNHEALTHY
        || kind == Kind.IMAGE;
  }

  /**
   * The fact it tells.
   *
   * @param message what belongs to it; empty for kinds that have none
   */
  public JobReport report(String message) {
    return switch (kind) {
      case IMAGE ->
          new JobReport.ContainerImage(
              pod, container.orElseThrow(), restarts, IMAGE_STATES.get(number), at, message);
      case STARTED -> new JobReport.ContainerStarted(pod, container.orElseThrow(), restarts, at);
      case UP -> new JobReport.ContainerUp(pod, container.orElseThrow(), restarts, at);
      case READY ->
          new JobReport.ContainerReady(pod, container.orElseThrow(), restarts, number != 0, at);
      case UNHEALTHY ->
          new JobReport.ContainerUnhealthy(
              pod, container.orElseThrow(), restarts, TROUBLES.get(number), at, message);
      case EXITED, SAID, UNSTARTED ->
          new JobReport.ContainerEnded(
              pod,
              container.orElseThrow(),
              restarts,
              number,
              at,
              message,
              kind == Kind.UNSTARTED && number != TOLD_TO_END);
      case EVICTED ->
          new JobReport.Evicted(pod, new VolumeName(container.orElseThrow().value()), at);
      case OUT_OF_MEMORY -> new JobReport.OutOfMemory(pod, at);
      case ENDED -> new JobReport.RunnerEnded(pod, restarts, at, number != 0);
    };
  }
}
