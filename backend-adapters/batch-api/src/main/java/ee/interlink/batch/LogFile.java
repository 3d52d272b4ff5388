package ee.interlink.batch;

import java.util.Objects;

/**
 * One of the files that a container's output is kept in.
 *
 * @param container whose
 * @param kind which of them
 */
public record LogFile(ContainerName container, Kind kind) {
  /** What a file holds. */
  public enum Kind {
    /** What the container's present or last run wrote, byte by byte. */
    OUTPUT,
    /**
     * When it did: lines {@code MILLIS SIZE}, neither ever falling, each saying that the output had
     * that many bytes at that time (milliseconds since the epoch). What lies beyond the last line
     * was written since. Of a long run every second line may have been left out, again and again.
     */
    TIMES,
    /** The output of the run before the present one. */
    PREVIOUS_OUTPUT,
    /** The times of that run. */
    PREVIOUS_TIMES
  }

  public LogFile {
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(kind, "kind");
  }

  /** The output of a container's present or last run. */
  public static LogFile output(ContainerName container) {
    return new LogFile(container, Kind.OUTPUT);
  }
}
