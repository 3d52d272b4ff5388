package ee.interlink.configuration;

import ee.interlink.batch.BackendName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One configured node of the Kubernetes cluster.
 *
 * @param name as {@code kubectl get node} shows it
 * @param backend where its pods run; one backend may serve several nodes
 * @param address the IP address by which the API server reaches the kubelet's port; empty for this
 *     machine's own on the way to the API server
 * @param labels added to those every node has
 * @param taints in the order of the key
 * @param capacity amounts that stand in place of the backend's own, by resource name, as Kubernetes
 *     quantities
 * @param kubelet the kubelet's port
 * @param apiServer what pods are told as {@code KUBERNETES_SERVICE_HOST} and {@code _PORT}; empty
 *     for the address inside the cluster, which a batch system seldom reaches
 * @param deregister whether the node is removed from the cluster when we stop
 */
public record Node(
    NodeName name,
    BackendName backend,
    Optional<String> address,
    Map<String, String> labels,
    List<NodeTaint> taints,
    Map<String, String> capacity,
    KubeletPort kubelet,
    Optional<HostPort> apiServer,
    boolean deregister) {
  public Node {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(kubelet, "kubelet");
    Objects.requireNonNull(apiServer, "apiServer");
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    capacity = Map.copyOf(capacity);
  }
}
