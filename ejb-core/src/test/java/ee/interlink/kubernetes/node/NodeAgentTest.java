package ee.interlink.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.backends.BackendHealth;
import ee.interlink.backends.Capacities;
import ee.interlink.backends.CapacityGateway;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.Capacity.Amounts;
import ee.interlink.configuration.NodeName;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeAgentTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Amounts SIZE = new Amounts(64, new Bytes(1L << 30), 0);
  private static final String PARTITION = "slurm.interlink.ee/partition";
  private static final String FEATURE = "slurm.interlink.ee/feature.ib";
  private final Api api = new Api();
  private final CapacityGateway gateway = new CapacityGateway();
  private final Capacities capacities = new Capacities(gateway);
  private final BackendHealth health = new BackendHealth();
  private final NodeAddresses addresses =
      new NodeAddresses() {
        @Override
        public String of(NodeName node) {
          return "192.0.2.7";
        }
      };
  private NodeAgent agent;

  private static final class Api extends NodeApi {
    final List<String> calls = new ArrayList<>();
    Node last;

    /** The node's, as they are in the cluster. */
    Map<String, String> labels = Map.of();

    Optional<Node> before = Optional.empty();
    KubernetesClientException fault;

    /** Thrown by a status alone. */
    KubernetesClientException statusFault;

    private void asked(String what) {
      calls.add(what);
      if (fault != null) {
        throw fault;
      }
    }

    @Override
    Node register(Node node) {
      asked("register");
      labels = new HashMap<>(before.map(NodeObject::allLabels).orElseGet(TreeMap::new));
      labels.putAll(node.getMetadata().getLabels());
      return new NodeBuilder(node).editMetadata().withLabels(labels).endMetadata().build();
    }

    @Override
    void writeLabels(NodeName name, LabelPatch patch) {
      asked("labels");
      labels = patch.applied(labels);
    }

    @Override
    Node writeStatus(Node node) {
      asked("status");
      if (statusFault != null) {
        throw statusFault;
      }
      last = node;
      return node;
    }

    @Override
    Optional<Node> find(NodeName name) {
      if (fault != null) {
        throw fault;
      }
      return before;
    }

    @Override
    void renewLease(NodeName name, Instant now) {
      asked("lease");
    }

    @Override
    void deregister(NodeName name) {
      asked("deregister");
    }

    @Override
    String serverVersion() {
      return "v1.37.2";
    }
  }

  @BeforeEach
  void build() {
    health.up(SampleNode.BACKEND.name(), NOON);
    agent = agent(SampleNode.plain());
  }

  private NodeAgent agent(ee.interlink.configuration.Node node) {
    return new NodeAgent(node, api, addresses, health, capacities);
  }

  /** Beats each second, after the backend's own beat, and the calls of that time. */
  private List<String> beat(int from, int to) {
    api.calls.clear();
    for (int second = from; second < to; second++) {
      capacities.ask(SampleNode.BACKEND, NOON.plusSeconds(second));
      agent.beat(NOON.plusSeconds(second));
    }
    return List.copyOf(api.calls);
  }

  private Quantity cpus() {
    return api.last.getStatus().getCapacity().get("cpu");
  }

  @Test
  void a_node_is_registered_and_shown_at_the_first_beat() {
    assertThat(beat(0, 1)).containsExactly("register", "lease", "status");
    assertThat(cpus()).isEqualTo(new Quantity("64"));
    assertThat(api.last.getStatus().getNodeInfo().getKubeletVersion())
        .isEqualTo("v1.37.2-interlink");
  }

  @Test
  void a_backend_that_has_not_been_asked_yet_holds_up_no_lease_and_is_not_told_as_empty() {
    agent.beat(NOON);
    agent.beat(NOON.plusSeconds(10));
    assertThat(api.calls).containsExactly("register", "lease", "lease");
    assertThat(gateway.asked).isZero();
    assertThat(beat(11, 12)).containsExactly("status");
    assertThat(cpus()).isEqualTo(new Quantity("64"));
  }

  @Test
  void its_lease_is_renewed_every_ten_seconds() {
    beat(0, 1);
    assertThat(beat(1, 10)).isEmpty();
    assertThat(beat(10, 60)).hasSize(5).containsOnly("lease");
  }

  @Test
  void without_news_its_status_is_told_every_five_minutes() {
    beat(0, 1);
    assertThat(beat(1, 300)).doesNotContain("status");
    assertThat(beat(300, 301)).contains("status");
    assertThat(beat(301, 600)).doesNotContain("status");
  }

  @Test
  void an_outage_of_the_backend_is_told_at_once_and_its_end_too() {
    beat(0, 1);
    health.down(SampleNode.BACKEND.name(), "connection refused", NOON.plusSeconds(1));
    assertThat(beat(1, 2)).containsExactly("status");
    assertThat(beat(2, 9)).isEmpty();
    health.up(SampleNode.BACKEND.name(), NOON.plusSeconds(9));
    assertThat(beat(9, 10)).containsExactly("status");
  }

  @Test
  void a_capacity_that_has_changed_is_told_within_a_minute() {
    beat(0, 1);
    gateway.capacity = new Capacity(128, new Bytes(1L << 30), 0);
    assertThat(beat(1, 60)).doesNotContain("status");
    assertThat(beat(60, 61)).contains("status");
    assertThat(cpus()).isEqualTo(new Quantity("128"));
    assertThat(gateway.asked).isEqualTo(2);
  }

  private static Capacity labelled(String... labels) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      map.put(labels[i], labels[i + 1]);
    }
    return new Capacity(SIZE, Optional.empty(), map);
  }

  /** A node of our last life, or of somebody else. */
  private static Node before(Map<String, String> labels) {
    return new NodeBuilder()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withNewStatus()
        .endStatus()
        .build();
  }

  @Test
  void what_is_free_is_no_news_for_the_cluster() {
    gateway.capacity = new Capacity(SIZE, Optional.of(SIZE), Map.of());
    beat(0, 1);
    gateway.capacity = new Capacity(SIZE, Optional.of(Amounts.NONE), Map.of());
    assertThat(beat(1, 300)).containsOnly("lease");
    assertThat(gateway.asked).isEqualTo(5);
  }

  @Test
  void labels_of_the_backend_become_labels_of_the_node() {
    gateway.capacity = labelled(PARTITION, "long", FEATURE, "true");
    assertThat(beat(0, 1)).containsExactly("register", "lease", "status", "labels");
    assertThat(api.labels)
        .containsEntry(PARTITION, "long")
        .containsEntry(FEATURE, "true")
        .containsEntry("interlink.ee/backend", "b");
  }

  @Test
  void labels_are_told_again_only_when_they_have_changed() {
    gateway.capacity = labelled(PARTITION, "long");
    beat(0, 1);
    gateway.capacity = labelled(PARTITION, "long");
    assertThat(beat(1, 120)).containsOnly("lease");
    gateway.capacity = labelled(PARTITION, "short");
    assertThat(beat(120, 121)).containsExactly("lease", "status", "labels");
    assertThat(api.labels).containsEntry(PARTITION, "short");
    assertThat(beat(121, 180)).containsOnly("lease");
  }

  @Test
  void a_label_that_the_backend_gives_no_more_goes_and_those_of_others_stay() {
    api.before = Optional.of(before(Map.of("example.org/team", "x", "type", "own")));
    gateway.capacity = labelled(PARTITION, "long", FEATURE, "true");
    beat(0, 1);
    gateway.capacity = labelled(PARTITION, "long");
    beat(60, 61);
    assertThat(api.labels)
        .containsEntry(PARTITION, "long")
        .containsEntry("example.org/team", "x")
        .containsEntry("interlink.ee/backend", "b")
        .doesNotContainKey(FEATURE);
  }

  @Test
  void labels_that_could_not_be_told_are_told_later() {
    beat(0, 1);
    gateway.capacity = labelled(PARTITION, "long");
    api.fault = new KubernetesClientException("connection refused");
    beat(60, 65);
    api.fault = null;
    assertThat(beat(65, 66)).contains("status", "labels");
    assertThat(api.labels).containsEntry(PARTITION, "long");
  }

  @Test
  void labels_of_our_last_life_stand_until_the_backend_gives_others() {
    api.before =
        Optional.of(
            before(
                Map.of(
                    "interlink.ee/backend", "b", PARTITION, "long", "kubernetes.io/arch", "s390")));
    gateway.fault = new BackendUnavailableException("no answer");
    assertThat(beat(0, 1)).doesNotContain("labels");
    assertThat(api.labels)
        .containsEntry(PARTITION, "long")
        .containsEntry("kubernetes.io/arch", "s390");
    gateway.fault = null;
    gateway.capacity = labelled(FEATURE, "true");
    beat(5, 6);
    assertThat(api.labels)
        .containsEntry(FEATURE, "true")
        .doesNotContainKey(PARTITION)
        .doesNotContainEntry("kubernetes.io/arch", "s390");
  }

  @Test
  void labels_of_our_last_life_that_still_hold_are_not_told_again() {
    api.before = Optional.of(before(Map.of("interlink.ee/backend", "b", PARTITION, "long")));
    gateway.capacity = labelled(PARTITION, "long");
    assertThat(beat(0, 1)).containsExactly("register", "lease", "status");
  }

  @Test
  void labels_of_another_backend_go_at_once() {
    api.before =
        Optional.of(
            before(
                Map.of(
                    "interlink.ee/backend", "other", PARTITION, "long", "example.org/team", "x")));
    gateway.fault = new BackendUnavailableException("no answer");
    beat(0, 1);
    assertThat(api.labels).containsEntry("example.org/team", "x").doesNotContainKey(PARTITION);
  }

  @Test
  void a_node_that_somebody_removed_comes_back_with_its_labels() {
    gateway.capacity = labelled(PARTITION, "long");
    beat(0, 1);
    api.statusFault = new KubernetesClientException("not found", 404, null);
    beat(300, 301);
    api.statusFault = null;
    assertThat(beat(301, 302)).containsExactly("register", "status", "labels");
    assertThat(api.labels).containsEntry(PARTITION, "long");
  }

  @Test
  void a_configured_label_stays_whatever_the_backend_gives() {
    agent = agent(SampleNode.node(Map.of(PARTITION, "own"), List.of(), Map.of(), 10250, false));
    gateway.capacity = labelled(PARTITION, "long");
    assertThat(beat(0, 1)).doesNotContain("labels");
    gateway.capacity = labelled();
    assertThat(beat(60, 61)).doesNotContain("labels");
    assertThat(api.labels).containsEntry(PARTITION, "own");
  }

  @Test
  void a_batch_system_that_is_out_has_not_lost_its_machines() {
    beat(0, 1);
    gateway.fault = new BackendUnavailableException("no answer");
    beat(1, 301);
    assertThat(cpus()).isEqualTo(new Quantity("64"));
  }

  @Test
  void a_capacity_that_was_not_told_is_asked_for_again_soon() {
    gateway.fault = new BackendUnavailableException("no answer");
    beat(0, 5);
    assertThat(gateway.asked).isEqualTo(1);
    assertThat(cpus()).isEqualTo(new Quantity("0"));
    gateway.fault = null;
    beat(5, 6);
    assertThat(gateway.asked).isEqualTo(2);
    assertThat(cpus()).isEqualTo(new Quantity("64"));
  }

  @Test
  void pods_learn_the_capacity_of_their_node() {
    beat(0, 1);
    assertThat(addresses.facts(SampleNode.plain()).allocatable())
        .containsEntry("cpu", new Quantity("64"));
  }

  @Test
  void a_node_that_somebody_removed_is_registered_again() {
    beat(0, 1);
    api.statusFault = new KubernetesClientException("not found", 404, null);
    assertThat(beat(300, 301)).contains("status");
    api.statusFault = null;
    assertThat(beat(301, 302)).containsExactly("register", "status");
    assertThat(beat(302, 303)).isEmpty();
  }

  @Test
  void an_outage_of_the_api_server_is_survived() {
    beat(0, 1);
    api.fault = new KubernetesClientException("connection refused");
    assertThat(beat(10, 30)).isNotEmpty();
    api.fault = null;
    assertThat(beat(30, 31)).containsExactly("lease");
  }

  @Test
  void an_api_server_that_is_away_at_the_start_is_waited_for() {
    api.fault = new KubernetesClientException("connection refused");
    assertThat(beat(0, 3)).isEmpty();
    api.fault = null;
    assertThat(beat(3, 4)).containsExactly("register", "lease", "status");
  }

  @Test
  void news_that_came_during_an_outage_are_told_after_it() {
    beat(0, 1);
    api.fault = new KubernetesClientException("connection refused");
    health.down(SampleNode.BACKEND.name(), "no answer", NOON.plusSeconds(1));
    beat(1, 5);
    api.fault = null;
    assertThat(beat(5, 6)).containsExactly("status");
  }

  @Test
  void a_condition_that_was_so_before_we_started_keeps_its_time() {
    api.before =
        Optional.of(
            new NodeBuilder()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime("2026-02-01T00:00:00Z")
                .endCondition()
                .endStatus()
                .build());
    beat(0, 1);
    assertThat(api.last.getStatus().getConditions())
        .filteredOn(condition -> condition.getType().equals("Ready"))
        .allSatisfy(
            ready -> assertThat(ready.getLastTransitionTime()).isEqualTo("2026-02-01T00:00:00Z"));
  }

  @Test
  void a_node_stays_when_we_stop_unless_it_is_to_go() {
    agent.end();
    assertThat(api.calls).isEmpty();
    agent(SampleNode.deregistering()).end();
    assertThat(api.calls).containsExactly("deregister");
  }

  @Test
  void a_node_that_cannot_be_removed_holds_up_no_stop() {
    api.fault = new KubernetesClientException("connection refused");
    agent(SampleNode.deregistering()).end();
    assertThat(api.calls).containsExactly("deregister");
  }
}
