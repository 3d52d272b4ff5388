package ee.interlink.web.log;

import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which part of a log is wanted, with the meaning that Kubernetes gives it (PodLogOptions).
 *
 * @param follow whether to go on until the container has ended
 * @param previous the log of the container's run before the present one
 * @param timestamps whether each line has its time before it
 * @param since begin with what was written at that time
 * @param tailLines begin that many lines before the present end
 * @param limitBytes end after that many bytes, times included
 */
public record LogRequest(
    boolean follow,
    boolean previous,
    boolean timestamps,
    Optional<Instant> since,
    OptionalLong tailLines,
    OptionalLong limitBytes) {
  public static final LogRequest WHOLE =
      new LogRequest(false, OptionalLong.empty(), OptionalLong.empty());

  /**
   * @throws ProblemException if a number is negative, or the limit zero
   */
  public LogRequest {
    if (tailLines.orElse(0) < 0) {
      throw invalid("tailLines is negative");
    }
    if (limitBytes.orElse(1) < 1) {
      throw invalid("limitBytes is less than 1");
    }
  }

  /** One that asks for nothing that has to do with time. */
  public LogRequest(boolean follow, OptionalLong tailLines, OptionalLong limitBytes) {
    this(follow, false, false, Optional.empty(), tailLines, limitBytes);
  }

  /**
   * Reads the two ways to say from when on.
   *
   * @param seconds before now
   * @param time as RFC 3339 has it
   * @throws ProblemException if both are given, or one makes no sense
   */
  public static Optional<Instant> since(OptionalLong seconds, Optional<Instant> time, Instant now) {
    if (seconds.isEmpty()) {
      return time;
    }
    if (time.isPresent()) {
      throw invalid("at most one of sinceTime or sinceSeconds may be specified");
    }
    if (seconds.getAsLong() < 1) {
      throw invalid("sinceSeconds must be greater than 0");
    }
    // Before the epoch there are no logs, and a time beyond all calendars is no error.
    return Optional.of(now.minusSeconds(Math.min(seconds.getAsLong(), now.getEpochSecond())));
  }

  private static ProblemException invalid(String fault) {
    return new ProblemException(ProblemKind.INVALID_PARAMETER, fault);
  }
}
