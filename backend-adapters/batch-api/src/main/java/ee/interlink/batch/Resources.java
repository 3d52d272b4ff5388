package ee.interlink.batch;

import java.util.Objects;
import java.util.Optional;

/**
 * What a job asks for as a whole. Empty values leave the choice to the site's defaults.
 *
 * @param cpuMillis thousandths of a CPU, as in Kubernetes; empty if the pod names none
 * @param memory empty if the pod names none
 * @param disk for what the job writes, Kubernetes' {@code ephemeral-storage}; empty if the pod
 *     names none
 * @param gpus at least 0
 */
public record Resources(
    Optional<Long> cpuMillis, Optional<Bytes> memory, Optional<Bytes> disk, int gpus) {
  public static final Resources SITE_DEFAULTS =
      new Resources(Optional.empty(), Optional.empty(), 0);

  /** Of a job that does not say how much disk it needs. */
  public Resources(Optional<Long> cpuMillis, Optional<Bytes> memory, int gpus) {
    this(cpuMillis, memory, Optional.empty(), gpus);
  }

  /**
   * @throws IllegalArgumentException if an amount is negative
   */
  public Resources {
    Objects.requireNonNull(cpuMillis, "cpuMillis");
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(disk, "disk");
    if (cpuMillis.orElse(0L) < 0 || gpus < 0) {
      throw new IllegalArgumentException("negative resources");
    }
  }

  /** Whole CPUs, rounded up: a batch scheduler gives no part of one. */
  public Optional<Long> wholeCpus() {
    return cpuMillis.map(millis -> Math.max(1, (millis + 999) / 1000));
  }
}
