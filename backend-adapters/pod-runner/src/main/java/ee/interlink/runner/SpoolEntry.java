package ee.interlink.runner;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import java.time.Instant;
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
 * @param container empty for {@link Kind#ENDED}
 * @param restarts which run of the container, from 0; of {@link Kind#ENDED} all restarts together
 * @param number the exit code; of {@link Kind#ENDED} 1 if the runner was told to end, else 0
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
    STARTED,
    EXITED,
    /** The container could not be started; {@link StateFiles} has the reason. */
    UNSTARTED,
    ENDED;

    private final String word = name().toLowerCase(Locale.ROOT);
  }

  private static final Pattern FORM =
      Pattern.compile(
          "([a-z0-9-]{1,64}),(?:(started|exited|unstarted),([a-z0-9-]{1,63})|(ended),)"
              + ",([0-9]{1,9}),([0-9]{1,3}),([0-9]{1,15})");

  public SpoolEntry {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(at, "at");
    if (container.isPresent() == (kind == Kind.ENDED)) {
      throw new IllegalArgumentException(kind + " with container " + container);
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
    return kind == Kind.UNSTARTED;
  }

  /**
   * The fact it tells.
   *
   * @param message why a container could not be started; empty for all other kinds
   */
  public JobReport report(String message) {
    return switch (kind) {
      case STARTED -> new JobReport.ContainerStarted(pod, container.orElseThrow(), restarts, at);
      case EXITED, UNSTARTED ->
          new JobReport.ContainerEnded(pod, container.orElseThrow(), restarts, number, at, message);
      case ENDED -> new JobReport.RunnerEnded(pod, restarts, at, number != 0);
    };
  }
}
