package ee.interlink.web.kubelet;

import ee.interlink.web.log.LogRequest;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads PodLogOptions from a query, with the leniency of Kubernetes.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#get-read-log-of-the-specified-pod">read
 *     log of the specified Pod</a>
 */
final class LogQuery {
  private final Function<String, Optional<String>> query;

  private LogQuery(Function<String, Optional<String>> query) {
    this.query = query;
  }

  /**
   * @throws ProblemException if something in it makes no sense
   */
  static LogRequest read(Function<String, Optional<String>> query, Instant now) {
    LogQuery read = new LogQuery(query);
    if (!query.apply("stream").orElse("All").equals("All")) {
      throw invalid("stream: the output of a container is not kept apart by stream");
    }
    return new LogRequest(
        read.flag("follow"),
        read.flag("previous"),
        read.flag("timestamps"),
        LogRequest.since(read.number("sinceSeconds"), read.time("sinceTime"), now),
        read.number("tailLines"),
        read.number("limitBytes"));
  }

  /** All but false and 0 is true, even nothing. */
  private boolean flag(String name) {
    return query
        .apply(name)
        .filter(value -> !value.equalsIgnoreCase("false") && !value.equals("0"))
        .isPresent();
  }

  private OptionalLong number(String name) {
    Optional<String> value = query.apply(name).filter(given -> !given.isEmpty());
    try {
      return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.get()));
    } catch (NumberFormatException e) {
      throw invalid(name + " is not a whole number");
    }
  }

  private Optional<Instant> time(String name) {
    try {
      return query
          .apply(name)
          .filter(given -> !given.isEmpty() && !given.equals("null"))
          .map(given -> OffsetDateTime.parse(given).toInstant());
    } catch (DateTimeParseException e) {
      throw invalid(name + " is not a time of RFC 3339");
    }
  }

  private static ProblemException invalid(String fault) {
    return new ProblemException(ProblemKind.INVALID_PARAMETER, fault);
  }
}
