package ee.interlink.kubernetes.node;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.KubeletPort;
import ee.interlink.configuration.Node;
import ee.interlink.configuration.NodeName;
import ee.interlink.configuration.NodeTaint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes that tests begin with. */
final class SampleNode {
  static final Backend BACKEND =
      new Backend(
          new BackendSettings(new BackendName("b"), "fake", Map.of()),
          new AccountName("alice"),
          Duration.ofSeconds(1),
          1);

  private SampleNode() {}

  static Node plain() {
    return node(Map.of(), List.of(), Map.of(), 10250, false);
  }

  static Node deregistering() {
    return node(Map.of(), List.of(), Map.of(), 10250, true);
  }

  static Node node(
      Map<String, String> labels,
      List<NodeTaint> taints,
      Map<String, String> capacity,
      int port,
      boolean deregister) {
    return new Node(
        new NodeName("site-a"),
        BACKEND.name(),
        Optional.of("192.0.2.7"),
        labels,
        taints,
        capacity,
        new KubeletPort("0.0.0.0", port, Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty(),
        deregister);
  }
}
