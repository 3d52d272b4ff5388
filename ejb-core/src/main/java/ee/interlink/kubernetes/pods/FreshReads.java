package ee.interlink.kubernetes.pods;

import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers of the API server that several pods may share: one that was asked for after a pod was
 * looked at is as fresh as the pod's own would be. So a burst of pods that name one ConfigMap asks
 * a few times and not hundreds of times, and no pod ever sees an older one than it must. Kept for
 * seconds, since Secrets are among them.
 */
final class FreshReads {
  private static final Duration KEPT = Duration.ofSeconds(5);
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  /** A question to the API server. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws ClusterUnavailableException;
  }

  /** Guards one answer; whoever waits for it gets what the one before has just asked for. */
  private static final class Slot {
    private Instant askedAt = Instant.MIN;
    private Object answer;

    synchronized Object get(Instant time, Clock clock, Question<?> question)
        throws ClusterUnavailableException {
      if (answer == null || askedAt.isBefore(time)) {
        Instant now = clock.instant();
        answer = question.ask();
        askedAt = now;
      }
      return answer;
    }

    synchronized boolean isOlderThan(Instant time) {
      return askedAt.isBefore(time);
    }
  }

  /**
   * @param key what is asked, the same for the same question and type
   * @param time how fresh the answer has to be
   */
  @SuppressWarnings("unchecked") // the key names the type
  <T> T get(String key, Instant time, Clock clock, Question<T> question)
      throws ClusterUnavailableException {
    Slot slot = slots.computeIfAbsent(key, k -> new Slot());
    return (T) slot.get(time, clock, question);
  }

  void forget(Instant now) {
    slots.values().removeIf(slot -> slot.isOlderThan(now.minus(KEPT)));
  }
}
