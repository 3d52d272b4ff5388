package ee.interlink.offload.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.function.UnaryOperator;

/**
 * What was observed of one container's latest run, and of the one before. Times in milliseconds
 * since the epoch, null where not seen.
 *
 * @param restarts the number of the run, 0 for the first
 * @param startedAt when it started
 * @param endedAt when it ended
 * @param exitCode with which code, if it ended
 * @param message why it could not be started, or what it said about its end; may be empty
 * @param failedToStart true if what runs containers could not start it, else null
 * @param care of its probes and hooks; null if nothing was told of such
 * @param previous the same of the run before, and no further; null for the first
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ContainerFacts(
    int restarts,
    Long startedAt,
    Long endedAt,
    Integer exitCode,
    String message,
    Boolean failedToStart,
    CareFacts care,
    ContainerFacts previous) {
  static final ContainerFacts NONE = unseen(0);

  public ContainerFacts {
    message = message == null ? "" : message;
  }

  private static ContainerFacts unseen(int run) {
    return new ContainerFacts(run, null, null, null, "", null, null, null);
  }

  ContainerFacts started(int run, long at) {
    return with(run, facts -> facts.started(at));
  }

  ContainerFacts ended(int run, long at, int code, String words, boolean unstarted) {
    return with(run, facts -> facts.ended(at, code, words, unstarted ? true : null));
  }

  ContainerFacts cared(int run, UnaryOperator<CareFacts> told) {
    return with(
        run,
        facts ->
            new ContainerFacts(
                run,
                facts.startedAt,
                facts.endedAt,
                facts.exitCode,
                facts.message,
                facts.failedToStart,
                told.apply(facts.attended()),
                facts.previous));
  }

  /** What is known of its probes and hooks; never null. */
  public CareFacts attended() {
    return care == null ? CareFacts.NONE : care;
  }

  /** Whatever the order: a run is forgotten once there is one that comes two after it. */
  private ContainerFacts with(int run, UnaryOperator<ContainerFacts> told) {
    if (run == restarts) {
      return told.apply(this);
    }
    if (run > restarts) {
      return told.apply(unseen(run)).after(run == restarts + 1 ? after(null) : unseen(run - 1));
    }
    return run == restarts - 1 ? after(told.apply(previous)) : this;
  }

  /** The first report of a start counts: a second one is the same report come twice. */
  private ContainerFacts started(long at) {
    return startedAt != null
        ? this
        : new ContainerFacts(
            restarts, at, endedAt, exitCode, message, failedToStart, care, previous);
  }

  /** The same holds for an end, but its message may be lost on one of two ways. */
  private ContainerFacts ended(long at, int code, String words, Boolean unstarted) {
    return endedAt != null
        ? new ContainerFacts(
            restarts,
            startedAt,
            endedAt,
            exitCode,
            message.isEmpty() ? words : message,
            failedToStart,
            care,
            previous)
        : new ContainerFacts(restarts, startedAt, at, code, words, unstarted, care, previous);
  }

  private ContainerFacts after(ContainerFacts run) {
    return new ContainerFacts(
        restarts, startedAt, endedAt, exitCode, message, failedToStart, care, run);
  }

  boolean isOver() {
    return endedAt != null;
  }

  boolean succeeded() {
    return exitCode != null && exitCode == 0;
  }

  /** Whether it is, or was, started at all. */
  boolean hasStarted() {
    return startedAt != null || restarts > 0;
  }

  boolean runs() {
    return startedAt != null && !isOver();
  }
}
