package ee.interlink.offload.reconcile;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before a submission is tried again: doubling, with jitter, up to a limit. */
final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 30_000;
  private static final int MOST_DOUBLINGS = 5;

  private Backoff() {}

  static Duration after(int attempts) {
    long full = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempts, MOST_DOUBLINGS));
    return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }
}
