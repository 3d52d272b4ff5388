package ee.interlink.kubernetes.resolve;

import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a container may and wants to use, in units of a divisor and rounded up. A limit that is not
 * stated is what the node has; a request that is not stated is nothing.
 *
 * <p>See "Downward API: Information available via resourceFieldRef" in the documentation of
 * Kubernetes.
 */
final class ResourceValues {
  private static final String CPU = "cpu";

  /** Huge pages are not among them: nobody gets more of those than stated. */
  private static final Set<String> WITH_NODE_LIMIT = Set.of(CPU, "memory", "ephemeral-storage");

  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private final Pod pod;
  private final NodeFacts node;

  ResourceValues(Pod pod, NodeFacts node) {
    this.pod = pod;
    this.node = node;
  }

  /** For a variable of this container, which is meant if the reference names none. */
  String of(ResourceFieldSelector field, Container container, String at)
      throws RefusedPodException {
    String name = field.getContainerName();
    return value(field, name == null || name.isEmpty() ? container : named(name, at), at);
  }

  /** For a file, where the reference always names a container. */
  String of(ResourceFieldSelector field, String at) throws RefusedPodException {
    return value(field, named(field.getContainerName(), at), at);
  }

  private Container named(String name, String at) throws RefusedPodException {
    return Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .filter(container -> container.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Refusal.of(at + ".containerName", "is not a container of the pod: " + name));
  }

  private String value(ResourceFieldSelector field, Container container, String at)
      throws RefusedPodException {
    String asked = Objects.requireNonNullElse(field.getResource(), "");
    String resource = asked.substring(asked.indexOf('.') + 1);
    boolean limit = asked.startsWith("limits.");
    if (!(limit || asked.startsWith("requests."))
        || !(WITH_NODE_LIMIT.contains(resource) || resource.startsWith("hugepages-"))) {
      throw Refusal.of(at + ".resource", "is not supported: " + asked);
    }
    try {
      BigDecimal divisor = whole(resource, field.getDivisor());
      BigDecimal amount =
          limit ? limit(container, resource) : whole(resource, stated(container, false, resource));
      return amount
          .divide(
              divisor.signum() == 0 ? whole(resource, new Quantity("1")) : divisor,
              0,
              RoundingMode.CEILING)
          .toPlainString();
    } catch (IllegalArgumentException e) {
      throw Refusal.of(at, "needs an amount that is not a quantity");
    }
  }

  private BigDecimal limit(Container container, String resource) {
    BigDecimal stated = whole(resource, stated(container, true, resource));
    return stated.signum() == 0 && WITH_NODE_LIMIT.contains(resource)
        ? whole(resource, node.allocatable().get(resource))
        : stated;
  }

  private static Quantity stated(Container container, boolean limit, String resource) {
    ResourceRequirements resources = container.getResources();
    if (resources == null) {
      return null;
    }
    Map<String, Quantity> amounts = limit ? resources.getLimits() : resources.getRequests();
    return amounts == null ? null : amounts.get(resource);
  }

  /** In thousandths of a CPU, or in bytes: Kubernetes rounds up to those first. */
  private static BigDecimal whole(String resource, Quantity quantity) {
    if (quantity == null) {
      return BigDecimal.ZERO;
    }
    BigDecimal amount = Quantity.getAmountInBytes(quantity);
    return (resource.equals(CPU) ? amount.multiply(THOUSAND) : amount)
        .setScale(0, RoundingMode.CEILING);
  }
}
