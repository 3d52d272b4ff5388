package ee.interlink.batch;

import java.util.Objects;

/**
 * What the backend could give in all to one of our accounts, used or not.
 *
 * @param cpus whole CPUs, at least 0
 * @param memory in all
 * @param gpus at least 0
 */
public record Capacity(long cpus, Memory memory, long gpus) {
  public Capacity {
    Objects.requireNonNull(memory, "memory");
  }
}
