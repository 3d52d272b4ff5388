package ee.interlink.kubernetes.node;

import ee.interlink.backends.BackendHealth.Health;
import ee.interlink.batch.Capacity.Amounts;
import ee.interlink.batch.LabelSyntax;
import ee.interlink.configuration.Node;
import ee.interlink.configuration.NodeTaint;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.NodeSystemInfoBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
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

  private static final String BACKEND = "interlink.ee/backend";

  private NodeObject() {}

  /**
   * What is known of a node's backend.
   *
   * @param total capacity by its last answer; empty before the first. What is free of it is not
   *     here: a Node that said so would be written, and sent to all who watch it, each minute
   * @param labels by its last answer
   * @param health of its last round
   */
  record Known(Optional<Amounts> total, Map<String, String> labels, Health health) {
    Known {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * Identity, labels and taints; no status. Of the labels that the backend gives only the one that
   * every node has: the others come and go by a {@link LabelPatch}.
   */
  static io.fabric8.kubernetes.api.model.Node of(Node node, Map<String, String> backend) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(node.name().value())
        .withLabels(labels(node, backend))
        .endMetadata()
        .withNewSpec()
        .withProviderID("interlink://" + node.name())
        .withTaints(node.taints().stream().map(NodeObject::taint).toList())
        .endSpec()
        .build();
  }

  private static Map<String, String> labels(Node node, Map<String, String> backend) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("kubernetes.io/hostname", node.name().value());
    labels.put("kubernetes.io/os", "linux");
    labels.put(LabelSyntax.ARCHITECTURE, architecture(backend));
    labels.put("kubernetes.io/role", "agent");
    // By these, manifests written for the original and for virtual kubelets at large know us.
    labels.put("type", "virtual-kubelet");
    labels.put("virtual-node.interlink/type", "virtual-kubelet");
    labels.put("node.kubernetes.io/exclude-from-external-load-balancers", "true");
    labels.put(BACKEND, node.backend().value());
    labels.putAll(node.labels());
    return labels;
  }

  /**
   * The labels that the same backend gave to this node in an earlier life of ours. They stand until
   * it gives others: a batch system that is out has not changed its machines.
   */
  static Map<String, String> backendLabels(Node node, io.fabric8.kubernetes.api.model.Node before) {
    Map<String, String> labels = allLabels(before);
    boolean same = node.backend().value().equals(labels.get(BACKEND));
    labels.keySet().removeIf(key -> !same || !LabelSyntax.isBackendKey(key));
    return labels;
  }

  /** What makes the backend's labels of a Node those that it gives now. */
  static LabelPatch labelPatch(Node node, Map<String, String> have, Map<String, String> backend) {
    Map<String, String> want = new TreeMap<>(backend);
    want.put(LabelSyntax.ARCHITECTURE, architecture(backend));
    return LabelPatch.of(have, want, node.labels().keySet());
  }

  static Map<String, String> allLabels(io.fabric8.kubernetes.api.model.Node node) {
    return Optional.ofNullable(node.getMetadata())
        .map(ObjectMeta::getLabels)
        .map(TreeMap::new)
        .orElseGet(TreeMap::new);
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
    Map<String, Quantity> capacity = capacity(node, known.total());
    NodeStatusBuilder status =
        new NodeStatusBuilder()
            .withCapacity(capacity)
            .withAllocatable(capacity)
            .withConditions(conditions(node, known.health(), transitions, now))
            .addNewAddress(address, "InternalIP")
            .addNewAddress(node.name().value(), "Hostname")
            .withNodeInfo(
                new NodeSystemInfoBuilder()
                    .withArchitecture(architecture(known.labels()))
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

  static Map<String, Quantity> capacity(Node node, Optional<Amounts> backend) {
    Map<String, Quantity> amounts = new HashMap<>();
    amounts.put("pods", new Quantity(PODS));
    amounts.put("ephemeral-storage", new Quantity(EPHEMERAL_STORAGE));
    amounts.put("cpu", new Quantity(Long.toString(backend.map(Amounts::cpus).orElse(0L))));
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

  /** The backend's, if it tells; else this machine's. */
  private static String architecture(Map<String, String> backend) {
    return Optional.ofNullable(backend.get(LabelSyntax.ARCHITECTURE))
        .orElseGet(NodeObject::ownArchitecture);
  }

  private static String ownArchitecture() {
    String arch = System.getProperty("os.arch", "amd64");
    return switch (arch) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> arch;
    };
  }
}
