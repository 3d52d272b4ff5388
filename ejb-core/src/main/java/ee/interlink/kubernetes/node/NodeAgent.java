package ee.interlink.kubernetes.node;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.backends.BackendHealth;
import ee.interlink.backends.Capacities;
import ee.interlink.batch.Capacity;
import ee.interlink.configuration.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Keeps one Node object true: registered, renewed, and changed when something has changed. */
final class NodeAgent {
  private static final System.Logger LOG = System.getLogger(NodeAgent.class.getName());

  /** As often as a kubelet does without any change. */
  private static final Duration HEARTBEAT = Duration.ofMinutes(5);

  private static final Duration LEASE = Duration.ofSeconds(10);

  private final Node node;
  private final NodeApi api;
  private final NodeAddresses addresses;
  private final BackendHealth health;
  private final Capacities capacities;
  private final Transitions transitions = new Transitions();
  private Optional<Capacity> capacity = Optional.empty();
  private Map<String, String> labels = Map.of();
  private Map<String, String> labelsTold = Map.of();
  private Instant leaseDue = Instant.MIN;
  private Instant heartbeatDue = Instant.MIN;
  private NodeObject.Known told;
  private String version = "";
  private boolean registered;

  NodeAgent(
      Node node,
      NodeApi api,
      NodeAddresses addresses,
      BackendHealth health,
      Capacities capacities) {
    this.node = node;
    this.api = api;
    this.addresses = addresses;
    this.health = health;
    this.capacities = capacities;
  }

  /** One beat, of about a second; does only what is due. Asks the API server, never the backend. */
  void beat(Instant now) {
    try {
      if (!registered) {
        register();
      }
      if (!now.isBefore(leaseDue)) {
        api.renewLease(node.name(), now);
        leaseDue = now.plus(LEASE);
      }
      // Until then nobody knows whether it has nothing or has not been asked.
      if (capacities.asked(node.backend())) {
        readCapacity();
        tellNews(now);
      }
    } catch (KubernetesClientException e) {
      LOG.log(
          WARNING, "node {0}: the API server did not take it: {1}", node.name(), e.getMessage());
      registered &= e.getCode() != HttpURLConnection.HTTP_NOT_FOUND; // removed by somebody
    }
  }

  private void register() {
    if (version.isEmpty()) {
      version = api.serverVersion();
    }
    api.find(node.name()).ifPresent(this::remember);
    labelsTold = NodeObject.allLabels(api.register(NodeObject.of(node, labels)));
    registered = true;
    told = null;
    LOG.log(INFO, "node {0}: registered, backend {1}", node.name(), node.backend());
  }

  private void remember(io.fabric8.kubernetes.api.model.Node before) {
    before
        .getStatus()
        .getConditions()
        .forEach(c -> transitions.remember(c.getType(), c.getStatus(), c.getLastTransitionTime()));
    if (capacity.isEmpty()) {
      labels = NodeObject.backendLabels(node, before);
    }
  }

  private void tellLabels() {
    LabelPatch patch = NodeObject.labelPatch(node, labelsTold, labels);
    if (!patch.isEmpty()) {
      api.writeLabels(node.name(), patch);
      labelsTold = patch.applied(labelsTold);
    }
  }

  private void tellNews(Instant now) {
    NodeObject.Known known =
        new NodeObject.Known(capacity.map(Capacity::total), labels, health.of(node.backend()));
    if (!known.equals(told) || !now.isBefore(heartbeatDue)) {
      tell(known, now);
    }
    tellLabels();
  }

  private void readCapacity() {
    capacity = capacities.last(node.backend());
    capacity.ifPresent(answer -> labels = answer.labels());
    addresses.allocatable(node.name(), NodeObject.capacity(node, capacity.map(Capacity::total)));
  }

  private void tell(NodeObject.Known known, Instant now) {
    String release = version.isEmpty() ? "v0.0.0" : version;
    api.writeStatus(
        NodeObject.withStatus(
            node, addresses.of(node.name()), release + "-interlink", known, transitions, now));
    told = known;
    heartbeatDue = now.plus(HEARTBEAT);
  }

  void end() {
    if (node.deregister()) {
      try {
        api.deregister(node.name());
        LOG.log(INFO, "node {0}: deregistered", node.name());
      } catch (KubernetesClientException e) {
        LOG.log(WARNING, "node {0}: not deregistered: {1}", node.name(), e.getMessage());
      }
    }
  }
}
