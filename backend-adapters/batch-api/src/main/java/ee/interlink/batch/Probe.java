package ee.interlink.batch;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What is asked of a container again and again (Kubernetes, "Configure Liveness, Readiness and
 * Startup Probes"). Times in seconds.
 *
 * @param initialDelay from the container's start to the first time; at least 0
 * @param period from one time to the next; at least 1
 * @param timeout of each time; at least 1
 * @param successThreshold after how many good ones in a row it holds; at least 1
 * @param failureThreshold after how many bad ones in a row it holds no more; at least 1
 * @param grace between TERM and KILL if this probe ends the container; empty for the pod's
 */
public record Probe(
    Kind kind,
    Handler handler,
    int initialDelay,
    int period,
    int timeout,
    int successThreshold,
    int failureThreshold,
    OptionalLong grace) {
  /** What depends on the answer. */
  public enum Kind {
    /** Until it is good, the container has not started and no other probe is asked. */
    STARTUP,
    /** Once it is bad, the container is ended, and started again if the policy says so. */
    LIVENESS,
    /** Whether the container is ready. */
    READINESS
  }

  /**
   * @throws IllegalArgumentException if a number is too small
   */
  public Probe {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(handler, "handler");
    Objects.requireNonNull(grace, "grace");
    atLeast(0, initialDelay, "initialDelaySeconds");
    atLeast(1, period, "periodSeconds");
    atLeast(1, timeout, "timeoutSeconds");
    atLeast(1, successThreshold, "successThreshold");
    atLeast(1, failureThreshold, "failureThreshold");
  }

  private static void atLeast(int least, int number, String name) {
    if (number < least) {
      throw new IllegalArgumentException(name + " is less than " + least);
    }
  }
}
