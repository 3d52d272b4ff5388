package ee.interlink.kubernetes.node;

import ee.interlink.configuration.Configuration;
import ee.interlink.configuration.Node;
import ee.interlink.configuration.NodeName;
import ee.interlink.kubernetes.Cluster;
import ee.interlink.kubernetes.resolve.NodeFacts;
import io.fabric8.kubernetes.api.model.Quantity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where each node is reached, and what a pod may learn of its node. */
@ApplicationScoped
public class NodeAddresses {
  private static final int HTTPS = 443;

  @Inject Configuration configuration;
  @Inject Cluster cluster;
  private final Map<NodeName, String> addresses = new ConcurrentHashMap<>();
  private final Map<NodeName, Map<String, Quantity>> allocatable = new ConcurrentHashMap<>();

  /** The node's IP address: as configured, else ours on the way to the API server. */
  public String of(NodeName node) {
    return addresses.computeIfAbsent(
        node, name -> configuration.nodes().get(name).address().orElseGet(this::ownAddress));
  }

  /** No packet is sent: to connect a datagram socket only chooses a route. */
  private String ownAddress() {
    URI server = URI.create(cluster.client().getMasterUrl().toString());
    try (DatagramSocket socket = new DatagramSocket()) {
      int port = server.getPort() > 0 ? server.getPort() : HTTPS;
      socket.connect(new InetSocketAddress(InetAddress.getByName(server.getHost()), port));
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException e) {
      throw new UncheckedIOException("no address of our own on the way to " + server, e);
    }
  }

  void allocatable(NodeName node, Map<String, Quantity> amounts) {
    allocatable.put(node, Map.copyOf(amounts));
  }

  /** What the downward API and the service variables say of a node. */
  public NodeFacts facts(Node node) {
    return new NodeFacts(
        node.name().value(),
        List.of(of(node.name())),
        allocatable.getOrDefault(node.name(), Map.of()),
        node.apiServer());
  }
}
