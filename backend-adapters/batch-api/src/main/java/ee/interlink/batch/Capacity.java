package ee.interlink.batch;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the backend could give in all to one of our accounts, what of it is left, and what kind of
 * machines they are.
 *
 * @param total used or not
 * @param free what no job uses at this moment; empty if the backend does not tell
 * @param labels of the Kubernetes node that stands for this backend. Only what stays as it is for
 *     days: each change is a write of the Node that all of the cluster watches
 */
public record Capacity(Amounts total, Optional<Amounts> free, Map<String, String> labels) {

  /**
   * @throws IllegalArgumentException if a label is not one that a backend may give
   */
  public Capacity {
    Objects.requireNonNull(total, "total");
    Objects.requireNonNull(free, "free");
    labels = Map.copyOf(labels);
    labels.forEach(
        (key, value) -> {
          if (!LabelSyntax.isBackendKey(key) || !LabelSyntax.isValue(value)) {
            throw new IllegalArgumentException("no label of a backend: " + key + "=" + value);
          }
        });
  }

  /** Of a backend that says no more than its size. */
  public Capacity(long cpus, Bytes memory, long gpus) {
    this(new Amounts(cpus, memory, gpus), Optional.empty(), Map.of());
  }

  /**
   * What jobs are made of.
   *
   * @param cpus whole CPUs, at least 0
   * @param memory in all
   * @param gpus at least 0
   */
  public record Amounts(long cpus, Bytes memory, long gpus) {
    public static final Amounts NONE = new Amounts(0, new Bytes(0), 0);

    public Amounts {
      Objects.requireNonNull(memory, "memory");
    }

    /**
     * @throws ArithmeticException if the sum is no long
     */
    public Amounts plus(Amounts more) {
      return new Amounts(
          Math.addExact(cpus, more.cpus),
          new Bytes(Math.addExact(memory.bytes(), more.memory.bytes())),
          Math.addExact(gpus, more.gpus));
    }
  }
}
