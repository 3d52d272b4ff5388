package ee.interlink.offload.status;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What was observed of one container. Times in milliseconds since the epoch, null where not seen.
 *
 * @param startedAt when it started
 * @param endedAt when it ended
 * @param exitCode with which code, if it ended
 * @param message why it could not be started, if the runner says so; else empty
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ContainerFacts(Long startedAt, Long endedAt, Integer exitCode, String message) {
  static final ContainerFacts NONE = new ContainerFacts(null, null, null, "");

  public ContainerFacts {
    message = message == null ? "" : message;
  }

  /** The first report of a start counts: a second one is the same report come twice. */
  ContainerFacts started(long at) {
    return startedAt != null ? this : new ContainerFacts(at, endedAt, exitCode, message);
  }

  ContainerFacts ended(long at, int code, String words) {
    return endedAt != null ? this : new ContainerFacts(startedAt, at, code, words);
  }

  boolean isOver() {
    return endedAt != null;
  }
}
