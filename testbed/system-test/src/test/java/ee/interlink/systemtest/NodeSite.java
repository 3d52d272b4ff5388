package ee.interlink.systemtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.BatchSystem;
import ee.interlink.testbed.Gate;
import ee.interlink.testbed.Identities;
import ee.interlink.testbed.Identities.KeyPair;
import ee.interlink.testbed.Kube;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Server;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A server with two nodes in the testbed's Kubernetes, whose pods run on the testbed's batch
 * system.
 *
 * @param node where tests put their pods
 * @param spare another one, for what a node's other pods would suffer from
 */
record NodeSite(
    Testbed testbed,
    Kube kube,
    Server server,
    Map<String, String> properties,
    Identities identities,
    String node,
    String spare)
    implements AutoCloseable {
  /** What of the machines pods may have. */
  static final String IMAGES = "/shared/images";

  /** One that is not started yet, with node names that nobody has had. */
  static NodeSite in(String name) {
    return in(name, properties -> {});
  }

  /**
   * @param change to the properties of a server like the others
   */
  static NodeSite in(String name, Consumer<Map<String, String>> change) {
    Testbed testbed = Testbed.here();
    Kube kube = Kube.here();
    Path home = SharedServer.home(name);
    Identities identities = kube.identities(home.resolve("identities"));
    String unique = name + "-" + UUID.randomUUID().toString().substring(0, 8);
    String spare = unique + "-spare";
    Map<String, String> properties = new HashMap<>(testbed.backend());
    properties.put("interlink.kubernetes.kubeconfig", kube.kubeconfig().toString());
    properties.put("interlink.backends." + Testbed.BACKEND + ".host-paths", IMAGES);
    for (String node : List.of(unique, spare)) {
      properties.putAll(node(node, kube, identities));
    }
    change.accept(properties);
    Server server = SharedServer.serverIn(home, properties);
    return new NodeSite(testbed, kube, server, properties, identities, unique, spare);
  }

  private static Map<String, String> node(String name, Kube kube, Identities identities) {
    KeyPair pair = identities.serving(name, "127.0.0.1", name);
    Map<String, String> keys = new HashMap<>();
    keys.put("backend", Testbed.BACKEND);
    keys.put("address", "127.0.0.1");
    keys.put("kubelet.address", "127.0.0.1");
    keys.put("kubelet.port", Integer.toString(freePort()));
    keys.put("kubelet.certificate", pair.certificate().toString());
    keys.put("kubelet.key", pair.key().toString());
    keys.put("api-server", kube.address().getAuthority());
    keys.put("deregister", "true");
    Map<String, String> properties = new HashMap<>();
    keys.forEach((key, value) -> properties.put("interlink.nodes." + name + "." + key, value));
    return properties;
  }

  /** One that nobody listens to, on loopback. */
  static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the server, and returns once both nodes are ready. */
  NodeSite start() {
    server.start();
    awaitReady();
    return this;
  }

  void awaitReady() {
    for (String name : List.of(node, spare)) {
      String[] wait = {"wait", "--for=condition=Ready", "node/" + name, "--timeout=5s"};
      Waits.waitFor("node " + name).until(() -> kube.kubectl(wait).exitCode() == 0);
    }
  }

  /** A pod of this name for {@link #node}, whose container runs these lines of shell. */
  ObjectNode pod(String name, String script) {
    return NodePods.bound(name, new Pods(testbed.image()).shell(script), node);
  }

  /** A pod for {@link #node} that ends with code 0 once its gate is open. */
  ObjectNode gated(String name) {
    return NodePods.bound(name, Gate.pod(new Pods(testbed.image()), 0), node);
  }

  BatchSystem batch() {
    return testbed.batchSystem();
  }

  Gate gate() {
    return testbed.gate(properties, Testbed.BACKEND);
  }

  /** The kubelet port of {@link #node}. */
  URI kubelet() {
    String port = properties.get("interlink.nodes." + node + ".kubelet.port");
    return URI.create("https://127.0.0.1:" + port);
  }

  /** Stops the server; a node object that it could not take away itself goes too. */
  @Override
  public void close() {
    server.close();
    kube.kubectl("delete", "node", node, spare, "--ignore-not-found", "--wait=false").output();
  }

  /** One site for all tests that leave it in peace, for whoever has it as a parameter. */
  static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == NodeSite.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(NodeSite.class))
          .getOrComputeIfAbsent(NodeSite.class, key -> in("node").start(), NodeSite.class);
    }
  }
}
