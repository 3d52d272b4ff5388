package ee.interlink.batch;

import java.time.Duration;
import java.util.Objects;

/**
 * The wish that a job ends.
 *
 * @param job whose containers are to end
 * @param grace between TERM and KILL of the containers; zero for at once
 */
public record Cancellation(JobRef job, Duration grace) {
  /**
   * @throws IllegalArgumentException if the grace period is negative
   */
  public Cancellation {
    Objects.requireNonNull(job, "job");
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace " + grace);
    }
  }
}
