package ee.interlink.offload.lifecycle;

import ee.interlink.batch.JobId;
import ee.interlink.offload.status.PodFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * All that decides the next step of a pod.
 *
 * @param stage as recorded
 * @param job as recorded
 * @param deleteAsked when deletion was asked for, if it was
 * @param grace of that deletion, or the pod's own
 * @param untried whether this process recorded the intent itself and has not yet acted on it, so
 *     that no job can exist
 * @param facts as observed
 */
public record Situation(
    Stage stage,
    Optional<JobId> job,
    Optional<Instant> deleteAsked,
    Duration grace,
    boolean untried,
    PodFacts facts) {
  public Situation {
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(deleteAsked, "deleteAsked");
    Objects.requireNonNull(grace, "grace");
    Objects.requireNonNull(facts, "facts");
  }

  /** Level-triggered: the same answer however often it is asked, until something changes. */
  public NextStep next(Instant now) {
    boolean deleted = deleteAsked.isPresent();
    return switch (stage) {
      case SUBMIT -> deleted ? withdraw() : new NextStep.Submit(!untried);
      case ACTIVE -> active(deleted, now);
      case ENDED, REFUSED -> deleted ? new NextStep.Move(Stage.DISCARD) : new NextStep.Rest();
      case CANCEL -> cancel(now);
      case DISCARD -> new NextStep.Discard();
      case LEFT, GONE -> new NextStep.Rest();
    };
  }

  private NextStep withdraw() {
    return new NextStep.Move(untried ? Stage.DISCARD : Stage.CANCEL);
  }

  private NextStep active(boolean deleted, Instant now) {
    if (facts.closed(now)) {
      return new NextStep.Move(Stage.ENDED);
    }
    if (deleted) {
      return new NextStep.Move(Stage.CANCEL);
    }
    boolean overdue = facts.overdueAt() != null && !facts.jobOver();
    return overdue ? cancel(Instant.ofEpochMilli(facts.overdueAt()), now) : new NextStep.Rest();
  }

  private NextStep cancel(Instant now) {
    if (facts.jobOver()) {
      return new NextStep.Move(Stage.DISCARD);
    }
    if (job.isEmpty()) {
      return new NextStep.FindForCancel();
    }
    return cancel(deleteAsked.orElse(now), now);
  }

  private NextStep cancel(Instant asked, Instant now) {
    Duration passed = Duration.between(asked, now);
    Duration left = grace.minus(passed);
    return new NextStep.Cancel(left.isNegative() ? Duration.ZERO : left);
  }
}
