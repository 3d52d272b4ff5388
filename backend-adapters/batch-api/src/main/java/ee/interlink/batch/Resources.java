package ee.interlink.batch;

import java.util.Objects;
import java.util.Optional;

/**
 * What a job asks for as a whole. Empty values leave the choice to the site's defaults.
 *
 * @param cpuMillis thousandths of a CPU, as in Kubernetes; empty if the pod names none
 * @param memory empty if the pod names none
 * @param gpus at least 0
 */
public record Resources(Optional<Long> cpuMillis, Optional<Memory> memory, int gpus) {
  public static final Resources SITE_DEFAULTS =
      new Resources(Optional.empty(), Optional.empty(), 0);

  /**
   * @throws IllegalArgumentException if an amount is negative
   */
  public Resources {
    Objects.requireNonNull(cpuMillis, "cpuMillis");
    Objects.requireNonNull(memory, "memory");
    if (cpuMillis.orElse(0L) < 0 || gpus < 0) {
      throw new IllegalArgumentException("negative resources");
    }
  }

  /** Whole CPUs, rounded up: a batch scheduler gives no part of one. */
  public Optional<Long> wholeCpus() {
    return cpuMillis.map(millis -> Math.max(1, (millis + 999) / 1000));
  }
}
