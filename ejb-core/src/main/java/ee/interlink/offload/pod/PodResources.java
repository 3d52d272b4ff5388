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
 * A pod's needs as a whole: the sum over the containers that run together, or what the hungriest
 * init container takes alone, whichever is more. Limits count, else requests.
 */
final class PodResources {
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
    Optional<BigDecimal> together = fold(spec.getContainers(), resource, BigDecimal::add);
    Optional<BigDecimal> alone = fold(spec.getInitContainers(), resource, BigDecimal::max);
    return together.map(sum -> alone.map(sum::max).orElse(sum)).or(() -> alone);
  }

  private Optional<BigDecimal> fold(
      List<Container> containers, String resource, BinaryOperator<BigDecimal> with) {
    return containers.stream()
        .flatMap(container -> amount(container, resource).stream())
        .reduce(with);
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
    try {
      BigDecimal amount = Quantity.getAmountInBytes(quantity);
      if (amount.signum() >= 0 && amount.compareTo(MOST.get(resource)) <= 0) {
        return Optional.of(amount);
      }
    } catch (IllegalArgumentException e) {
      // Told below, like an amount that is negative or beyond all sense.
    }
    faults.add(
        new FieldFault(
            "container " + container.getName() + ": resources." + kind + "." + resource,
            "is not a quantity: " + quantity));
    return Optional.empty();
  }

  private static long roundUp(BigDecimal amount) {
    return amount.setScale(0, RoundingMode.CEILING).longValueExact();
  }
}
