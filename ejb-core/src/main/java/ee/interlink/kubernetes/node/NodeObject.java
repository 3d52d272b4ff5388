package ee.interlink.kubernetes.node;

import ee.interlink.backends.BackendHealth.Health;
import ee.interlink.batch.Capacity;
import ee.interlink.configuration.Node;
import ee.interlink.configuration.NodeTaint;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.NodeSystemInfoBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Node object of one of our nodes, as the API server gets it (Kubernetes, "Nodes"). A pure
 * function of what is configured and known.
 */
final class NodeObject {
  /** What a batch system takes at once is far beyond a kubelet's 110. */
  private static final String PODS = "10000";

  /**
   * Files of a job lie in the site's file systems, whose size we are not told; without the resource
   * no pod that names it could be bound.
   */
  private static final String EPHEMERAL_STORAGE = "1Ti";

  private static final String GPU = "nvidia.com/gpu";

  private NodeObject() {}

  /**
   * What is known of a node's backend.
   *
   * @param capacity of its last answer; empty before the first
   * @param health of its last round
   */
  record Known(Optional<Capacity> capacity, Health health) {}

  /** Identity, labels and taints; no status. */
  static io.fabric8.kubernetes.api.model.Node of(Node node) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(node.name().value())
        .withLabels(labels(node))
        .endMetadata()
        .withNewSpec()
        .withProviderID("interlink://" + node.name())
        .withTaints(node.taints().stream().map(NodeObject::taint).toList())
        .endSpec()
        .build();
  }

  private static Map<String, String> labels(Node node) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("kubernetes.io/hostname", node.name().value());
    labels.put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", architecture());
    labels.put("kubernetes.io/role", "agent");
    // By these, manifests written for the original and for virtual kubelets at large know us.
    labels.put("type", "virtual-kubelet");
    labels.put("virtual-node.interlink/type", "virtual-kubelet");
    labels.put("node.kubernetes.io/exclude-from-external-load-balancers", "true");
    labels.put("interlink.ee/backend", node.backend().value());
    labels.putAll(node.labels());
    return labels;
  }

  private static Taint taint(NodeTaint taint) {
    return new Taint(
        taint.effect(), taint.key(), null, taint.value().isEmpty() ? null : taint.value());
  }

  /**
   * @param transitions when each condition last changed its status, by type; kept up to date
   */
  static io.fabric8.kubernetes.api.model.Node withStatus(
      Node node,
      String address,
      String version,
      Known known,
      Transitions transitions,
      Instant now) {
    Map<String, Quantity> capacity = capacity(node, known.capacity());
    NodeStatusBuilder status =
        new NodeStatusBuilder()
            .withCapacity(capacity)
            .withAllocatable(capacity)
            .withConditions(conditions(node, known.health(), transitions, now))
            .addNewAddress(address, "InternalIP")
            .addNewAddress(node.name().value(), "Hostname")
            .withNodeInfo(
                new NodeSystemInfoBuilder()
                    .withArchitecture(architecture())
                    .withOperatingSystem("linux")
                    .withKernelVersion(System.getProperty("os.version", ""))
                    .withOsImage("interLink EE")
                    .withContainerRuntimeVersion("interlink://" + node.backend())
                    .withKubeletVersion(version)
                    .withKubeProxyVersion("")
                    .withMachineID("")
                    .withSystemUUID("")
                    .withBootID("")
                    .build());
    if (node.kubelet().port() != 0) {
      status
          .withNewDaemonEndpoints()
          .withNewKubeletEndpoint(node.kubelet().port())
          .endDaemonEndpoints();
    }
    return new NodeBuilder()
        .withNewMetadata()
        .withName(node.name().value())
        .endMetadata()
        .withStatus(status.build())
        .build();
  }

  static Map<String, Quantity> capacity(Node node, Optional<Capacity> backend) {
    Map<String, Quantity> amounts = new HashMap<>();
    amounts.put("pods", new Quantity(PODS));
    amounts.put("ephemeral-storage", new Quantity(EPHEMERAL_STORAGE));
    amounts.put("cpu", new Quantity(Long.toString(backend.map(Capacity::cpus).orElse(0L))));
    amounts.put(
        "memory", new Quantity(Long.toString(backend.map(c -> c.memory().bytes()).orElse(0L))));
    backend
        .filter(c -> c.gpus() > 0)
        .ifPresent(c -> amounts.put(GPU, new Quantity(Long.toString(c.gpus()))));
    node.capacity().forEach((name, amount) -> amounts.put(name, new Quantity(amount)));
    return amounts;
  }

  /**
   * We ourselves are ready as long as we run, and say so even if the backend is out: a node that is
   * not ready has its pods evicted, and an outage of the batch system is no fault of theirs.
   */
  private static List<NodeCondition> conditions(
      Node node, Health health, Transitions transitions, Instant now) {
    String outage =
        "backend " + node.backend() + " is out since " + health.since() + ": " + health.reason();
    List<NodeCondition> conditions = new ArrayList<>();
    conditions.add(
        health.healthy()
            ? condition("Ready", true, "KubeletReady", "pods are taken up")
            : condition(
                "Ready", true, "BackendUnavailable", "pods are taken up and wait: " + outage));
    conditions.add(
        health.healthy()
            ? condition("BackendReachable", true, "BackendAnswers", "")
            : condition("BackendReachable", false, "BackendUnavailable", outage));
    conditions.add(pressure("MemoryPressure", "KubeletHasSufficientMemory"));
    conditions.add(pressure("DiskPressure", "KubeletHasNoDiskPressure"));
    conditions.add(pressure("PIDPressure", "KubeletHasSufficientPID"));
    conditions.add(condition("NetworkUnavailable", false, "RouteCreated", ""));
    for (NodeCondition condition : conditions) {
      condition.setLastTransitionTime(
          transitions.of(condition.getType(), condition.getStatus(), now).toString());
      condition.setLastHeartbeatTime(now.toString());
    }
    return conditions;
  }

  private static NodeCondition pressure(String type, String reason) {
    return condition(type, false, reason, "the backend looks after its own nodes");
  }

  private static NodeCondition condition(
      String type, boolean status, String reason, String message) {
    return new NodeConditionBuilder()
        .withType(type)
        .withStatus(status ? "True" : "False")
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  private static String architecture() {
    String arch = System.getProperty("os.arch", "amd64");
    return switch (arch) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> arch;
    };
  }
}
