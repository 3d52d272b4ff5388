package ee.interlink.kubernetes.resolve;

import ee.interlink.configuration.HostPort;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a pod can learn of its node by the downward API.
 *
 * @param hostIps the node's addresses, the main one first; a job has no other, so they are the
 *     pod's addresses too
 * @param allocatable as in the node's status; stands in for limits that a container does not state
 * @param apiServer what pods are told instead of the {@code kubernetes} Service, whose address is
 *     of no use outside of the cluster
 */
public record NodeFacts(
    String name,
    List<String> hostIps,
    Map<String, Quantity> allocatable,
    Optional<HostPort> apiServer) {
  public NodeFacts {
    Objects.requireNonNull(name, "name");
    hostIps = List.copyOf(hostIps);
    allocatable = Map.copyOf(allocatable);
    Objects.requireNonNull(apiServer, "apiServer");
  }
}
