package ee.interlink.offload.pod;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.Resources;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * A pod's needs as a whole: the sum over the containers that run together, sidecars among them, or
 * what the hungriest init container takes beside the sidecars before it, whichever is more
 * (Kubernetes, "Sidecar Containers", "Resource sharing within containers"). Limits count, else
 * requests.
 */
final class PodResources {
  private static final String ALWAYS = "Always";
  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";
  private static final String DISK = "ephemeral-storage";
  private static final String GPU = "nvidia.com/gpu";
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  /** More than any site has, and small enough that sums cannot overflow. */
  private static final Map<String, BigDecimal> MOST =
      Map.of(
          CPU, BigDecimal.valueOf(1_000_000),
          MEMORY, BigDecimal.valueOf(1L << 50),
          DISK, BigDecimal.valueOf(1L << 50),
          GPU, BigDecimal.valueOf(100_000));

  private final PodSpec spec;
  private final List<FieldFault> faults;

  private PodResources(PodSpec spec, List<FieldFault> faults) {
    this.spec = spec;
    this.faults = faults;
  }

  static Resources of(PodSpec spec, List<FieldFault> faults) {
    PodResources needs = new PodResources(spec, faults);
    return new Resources(
        needs.whole(CPU).map(cpu -> roundUp(cpu.multiply(THOUSAND))),
        needs.bytes(MEMORY),
        needs.bytes(DISK),
        needs.whole(GPU).map(gpus -> (int) roundUp(gpus)).orElse(0));
  }

  private Optional<Bytes> bytes(String resource) {
    return whole(resource).map(amount -> new Bytes(roundUp(amount)));
  }

  private Optional<BigDecimal> whole(String resource) {
    Optional<BigDecimal> sidecars = Optional.empty();
    Optional<BigDecimal> most = Optional.empty();
    for (Container init : spec.getInitContainers()) {
      Optional<BigDecimal> amount = amount(init, resource);
      if (ALWAYS.equals(init.getRestartPolicy())) {
        sidecars = either(sidecars, amount, BigDecimal::add);
        most = either(most, sidecars, BigDecimal::max);
      } else {
        most = either(most, either(sidecars, amount, BigDecimal::add), BigDecimal::max);
      }
    }
    Optional<BigDecimal> together = sidecars;
    for (Container container : spec.getContainers()) {
      together = either(together, amount(container, resource), BigDecimal::add);
    }
    return either(together, most, BigDecimal::max);
  }

  private static Optional<BigDecimal> either(
      Optional<BigDecimal> one, Optional<BigDecimal> other, BinaryOperator<BigDecimal> both) {
    return one.map(a -> other.map(b -> both.apply(a, b)).orElse(a)).or(() -> other);
  }

  private Optional<BigDecimal> amount(Container container, String resource) {
    ResourceRequirements stated = container.getResources();
    if (stated == null) {
      return Optional.empty();
    }
    return amount(container, "limits", stated.getLimits(), resource)
        .or(() -> amount(container, "requests", stated.getRequests(), resource));
  }

  private Optional<BigDecimal> amount(
      Container container, String kind, Map<String, Quantity> amounts, String resource) {
    Quantity quantity = amounts == null ? null : amounts.get(resource);
    if (quantity == null) {
      return Optional.empty();
    }
    Optional<BigDecimal> amount = amount(quantity, MOST.get(resource));
    if (amount.isPresent()) {
      return amount;
    }
    faults.add(
        new FieldFault(
            "container " + container.getName() + ": resources." + kind + "." + resource,
            "is not a quantity: " + quantity));
    return Optional.empty();
  }

  /** Empty if it is no amount of bytes, or a negative one, or one beyond all sense. */
  static Optional<Bytes> bytes(Quantity quantity) {
    return amount(quantity, MOST.get(DISK)).map(amount -> new Bytes(roundUp(amount)));
  }

  private static Optional<BigDecimal> amount(Quantity quantity, BigDecimal most) {
    try {
      BigDecimal amount = Quantity.getAmountInBytes(quantity);
      return Optional.of(amount).filter(it -> it.signum() >= 0 && it.compareTo(most) <= 0);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long roundUp(BigDecimal amount) {
    return amount.setScale(0, RoundingMode.CEILING).longValueExact();
  }
}
