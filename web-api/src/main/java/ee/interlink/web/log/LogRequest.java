package ee.interlink.web.log;

import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import java.util.OptionalLong;

/**
 * Which part of a log is wanted, with the meaning that Kubernetes gives it (PodLogOptions).
 *
 * @param follow whether to go on until the container has ended
 * @param tailLines begin that many lines before the present end
 * @param limitBytes end after that many bytes
 */
public record LogRequest(boolean follow, OptionalLong tailLines, OptionalLong limitBytes) {
  public static final LogRequest WHOLE =
      new LogRequest(false, OptionalLong.empty(), OptionalLong.empty());

  /**
   * @throws ProblemException if a number is negative, or the limit zero
   */
  public LogRequest {
    if (tailLines.orElse(0) < 0) {
      throw new ProblemException(ProblemKind.INVALID_PARAMETER, "tailLines is negative");
    }
    if (limitBytes.orElse(1) < 1) {
      throw new ProblemException(ProblemKind.INVALID_PARAMETER, "limitBytes is less than 1");
    }
  }
}
