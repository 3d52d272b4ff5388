package ee.interlink.kubernetes.node;

import static java.lang.System.Logger.Level.ERROR;

import ee.interlink.backends.BackendHealth;
import ee.interlink.backends.Capacities;
import ee.interlink.configuration.Configuration;
import ee.interlink.configuration.Node;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The agents of all configured nodes. */
@ApplicationScoped
public class NodeAgents {
  private static final System.Logger LOG = System.getLogger(NodeAgents.class.getName());

  @Inject Configuration configuration;
  @Inject NodeApi api;
  @Inject NodeAddresses addresses;
  @Inject BackendHealth health;
  @Inject Capacities capacities;
  Clock clock = Clock.systemUTC();
  private final List<NodeAgent> agents = new ArrayList<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  public void begin() {
    for (Node node : configuration.nodes().values()) {
      agents.add(new NodeAgent(node, api, addresses, health, capacities));
    }
  }

  /** A beat that comes while the last one is under way is left out. */
  public void beat() {
    if (busy.compareAndSet(false, true)) {
      try {
        agents.forEach(this::beat);
      } finally {
        busy.set(false);
      }
    }
  }

  private void beat(NodeAgent agent) {
    try {
      agent.beat(clock.instant());
    } catch (RuntimeException e) {
      // Outermost loop: a surprise with one node must not end the beat of all.
      LOG.log(ERROR, "node not kept up", e);
    }
  }

  public void end() {
    agents.forEach(NodeAgent::end);
  }
}
