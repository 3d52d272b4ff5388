package ee.interlink.runner;

import ee.interlink.batch.RestartPolicy;
import java.time.Duration;
import java.util.Locale;

/**
 * How long a container that has ended waits for its next run, as the kubelet does it: the first
 * time not at all, then {@code first}, then each time twice as long up to {@code most}; anew after
 * a run of at least twice {@code most}.
 */
public record RestartBackoff(Duration first, Duration most) {
  private static final Duration MOST = Duration.ofMinutes(5);

  /** The kubelet's own: from 10 seconds to 5 minutes. */
  public static final RestartBackoff USUAL = from(Duration.ofSeconds(10));

  /**
   * @throws IllegalArgumentException if the first is not between a millisecond and the longest
   */
  public RestartBackoff {
    if (first.toMillis() < 1 || first.compareTo(most) > 0) {
      throw new IllegalArgumentException("not from 1 ms to " + most + ": " + first);
    }
  }

  /** With another first wait and the usual longest. */
  public static RestartBackoff from(Duration first) {
    return new RestartBackoff(first, MOST);
  }

  /** {@code POLICY FIRST MOST}, in milliseconds. */
  String line(RestartPolicy policy) {
    String word = policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return word + " " + first.toMillis() + " " + most.toMillis();
  }
}
