package ee.interlink.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.backends.BackendHealth.Health;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity.Amounts;
import ee.interlink.configuration.NodeTaint;
import ee.interlink.kubernetes.node.NodeObject.Known;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeObjectTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(60);
  private static final Health WELL = new Health(true, "", NOON);
  private static final Health OUT = new Health(false, "connection refused", NOON);
  private final Transitions transitions = new Transitions();

  private Node status(Health health, Instant now) {
    return NodeObject.withStatus(
        SampleNode.plain(),
        "192.0.2.7",
        "v1.37.2-interlink",
        new Known(Optional.empty(), Map.of(), health),
        transitions,
        now);
  }

  private static NodeCondition condition(Node node, String type) {
    return node.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "Ready, True, KubeletReady, True, BackendUnavailable",
    "BackendReachable, True, BackendAnswers, False, BackendUnavailable",
    "MemoryPressure, False, KubeletHasSufficientMemory, False, KubeletHasSufficientMemory",
    "DiskPressure, False, KubeletHasNoDiskPressure, False, KubeletHasNoDiskPressure",
    "PIDPressure, False, KubeletHasSufficientPID, False, KubeletHasSufficientPID",
    "NetworkUnavailable, False, RouteCreated, False, RouteCreated",
  })
  void an_outage_of_the_backend_is_told_and_no_pod_is_evicted_for_it(
      String type, String well, String wellReason, String out, String outReason) {
    NodeCondition healthy = condition(status(WELL, NOON), type);
    assertThat(healthy.getStatus()).isEqualTo(well);
    assertThat(healthy.getReason()).isEqualTo(wellReason);
    NodeCondition unhealthy = condition(status(OUT, LATER), type);
    assertThat(unhealthy.getStatus()).isEqualTo(out);
    assertThat(unhealthy.getReason()).isEqualTo(outReason);
    boolean same = well.equals(out);
    assertThat(unhealthy.getLastTransitionTime()).isEqualTo((same ? NOON : LATER).toString());
    assertThat(unhealthy.getLastHeartbeatTime()).isEqualTo(LATER.toString());
  }

  @Test
  void an_outage_says_since_when_and_why() {
    for (String type : List.of("Ready", "BackendReachable")) {
      assertThat(condition(status(OUT, LATER), type).getMessage())
          .contains("backend b", NOON.toString(), "connection refused");
    }
  }

  @Test
  void there_are_no_other_conditions() {
    assertThat(status(WELL, NOON).getStatus().getConditions()).hasSize(6);
  }

  private static Map<String, Quantity> capacity(
      Map<String, String> configured, Optional<Amounts> backend) {
    return NodeObject.capacity(
        SampleNode.node(Map.of(), List.of(), configured, 10250, false), backend);
  }

  @Test
  void capacity_is_the_backends_own() {
    assertThat(capacity(Map.of(), Optional.of(new Amounts(64, new Bytes(1L << 38), 0))))
        .isEqualTo(
            Map.of(
                "cpu", new Quantity("64"),
                "memory", new Quantity("274877906944"),
                "pods", new Quantity("10000"),
                "ephemeral-storage", new Quantity("1Ti")));
  }

  @Test
  void gpus_are_told_where_there_are_any() {
    assertThat(capacity(Map.of(), Optional.of(new Amounts(1, new Bytes(1), 4))))
        .containsEntry("nvidia.com/gpu", new Quantity("4"));
  }

  @Test
  void what_is_configured_stands_in_place_of_the_backends_own() {
    assertThat(
            capacity(
                Map.of("cpu", "8", "pods", "20", "amd.com/gpu", "2", "nvidia.com/gpu", "0"),
                Optional.of(new Amounts(64, new Bytes(1), 4))))
        .containsEntry("cpu", new Quantity("8"))
        .containsEntry("pods", new Quantity("20"))
        .containsEntry("amd.com/gpu", new Quantity("2"))
        .containsEntry("nvidia.com/gpu", new Quantity("0"))
        .containsEntry("memory", new Quantity("1"));
  }

  @Test
  void before_the_first_answer_of_the_backend_there_is_room_for_nothing() {
    assertThat(capacity(Map.of(), Optional.empty()))
        .containsEntry("cpu", new Quantity("0"))
        .containsEntry("memory", new Quantity("0"));
  }

  @Test
  void all_of_the_capacity_is_allocatable() {
    Node node = status(WELL, NOON);
    assertThat(node.getStatus().getAllocatable()).isEqualTo(node.getStatus().getCapacity());
  }

  @Test
  void labels_are_those_of_every_node_and_the_configured_ones_win() {
    Node node =
        NodeObject.of(
            SampleNode.node(Map.of("zone", "x", "type", "own"), List.of(), Map.of(), 10250, false),
            Map.of());
    assertThat(node.getMetadata().getLabels())
        .containsEntry("kubernetes.io/hostname", "site-a")
        .containsEntry("kubernetes.io/os", "linux")
        .containsKey("kubernetes.io/arch")
        .containsEntry("kubernetes.io/role", "agent")
        .containsEntry("node.kubernetes.io/exclude-from-external-load-balancers", "true")
        .containsEntry("interlink.ee/backend", "b")
        .containsEntry("zone", "x")
        .containsEntry("type", "own");
    assertThat(node.getStatus()).isNull();
  }

  @Test
  void the_architecture_is_the_backends_if_it_tells_and_else_this_machines() {
    assertThat(architecture(Map.of("kubernetes.io/arch", "arm64"))).isEqualTo("arm64");
    assertThat(architecture(Map.of("htcondor.interlink.ee/arch", "x")))
        .isEqualTo(
            NodeObject.of(SampleNode.plain(), Map.of())
                .getMetadata()
                .getLabels()
                .get("kubernetes.io/arch"));
  }

  private String architecture(Map<String, String> labels) {
    return NodeObject.withStatus(
            SampleNode.plain(),
            "192.0.2.7",
            "v1",
            new Known(Optional.empty(), labels, WELL),
            transitions,
            NOON)
        .getStatus()
        .getNodeInfo()
        .getArchitecture();
  }

  @Test
  void taints_are_the_configured_ones_and_an_empty_value_is_none() {
    Node node =
        NodeObject.of(
            SampleNode.node(
                Map.of(),
                List.of(new NodeTaint("a", "v", "NoSchedule"), new NodeTaint("b", "", "NoExecute")),
                Map.of(),
                10250,
                false),
            Map.of());
    assertThat(node.getSpec().getTaints())
        .containsExactly(
            new Taint("NoSchedule", "a", null, "v"), new Taint("NoExecute", "b", null, null));
  }

  @Test
  void the_address_and_the_port_of_the_kubelet_are_told() {
    Node node = status(WELL, NOON);
    assertThat(node.getStatus().getAddresses())
        .containsExactly(
            new NodeAddress("192.0.2.7", "InternalIP"), new NodeAddress("site-a", "Hostname"));
    assertThat(node.getStatus().getDaemonEndpoints().getKubeletEndpoint().getPort())
        .isEqualTo(10250);
    assertThat(node.getStatus().getNodeInfo().getKubeletVersion()).isEqualTo("v1.37.2-interlink");
  }

  @Test
  void without_a_port_none_is_told() {
    Node node =
        NodeObject.withStatus(
            SampleNode.node(Map.of(), List.of(), Map.of(), 0, false),
            "192.0.2.7",
            "v1",
            new Known(Optional.empty(), Map.of(), WELL),
            transitions,
            NOON);
    assertThat(node.getStatus().getDaemonEndpoints()).isNull();
  }
}
