package ee.interlink.benchmarks;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Identities;
import ee.interlink.testbed.Identities.KeyPair;
import ee.interlink.testbed.Kube;
import ee.interlink.testbed.KubeNamespace;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server with one node in the testbed's Kubernetes, and pods of a namespace on that node. */
final class NodeBench implements AutoCloseable {
  /** How pods are created: as controllers do, several at a time. */
  private static final int CONNECTIONS = 8;

  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final String PREFIX = "interlink-benchmark-";

  private final Bench bench;
  private final String name;
  private final Kube kube;
  private final KubeClient client;
  private final KubeNamespace namespace;
  private final KubeRequests requests;
  private final Server server;
  private final PodWatch watch;

  /** Starts the server, and returns once the node is ready. */
  NodeBench(Bench bench, Queue queue) {
    this.bench = bench;
    this.name = PREFIX + UUID.randomUUID().toString().substring(0, 8);
    this.kube = Kube.here();
    Identities identities = kube.identities(bench.scratch().resolve(name));
    this.client = new KubeClient(kube, identities.client(name + "-client", "system:masters"));
    this.namespace = kube.namespace("benchmark");
    bench.closes(this);
    // A user of its own, so that its requests can be told from those of others.
    kube.kubectl(
            "create", "clusterrolebinding", name, "--clusterrole=cluster-admin", "--user=" + name)
        .output();
    this.requests = new KubeRequests(client, name);
    this.server = bench.server(queue, properties(identities, queue)).start();
    await("node " + name)
        .atMost(LIMIT)
        .until(
            () ->
                kube.kubectl("wait", "--for=condition=Ready", "node/" + name, "--timeout=60s")
                        .exitCode()
                    == 0);
    this.watch = new PodWatch(client, namespace.name());
  }

  private Map<String, String> properties(Identities identities, Queue queue) {
    KeyPair pair = identities.serving(name, "127.0.0.1", name);
    Map<String, String> keys = new HashMap<>();
    keys.put("backend", Bench.BACKEND);
    keys.put("address", "127.0.0.1");
    keys.put("kubelet.address", "127.0.0.1");
    keys.put("kubelet.port", "0");
    keys.put("kubelet.certificate", pair.certificate().toString());
    keys.put("kubelet.key", pair.key().toString());
    keys.put("api-server", kube.address().getAuthority());
    keys.put("deregister", "true");
    // More than there is, so that the scheduler never says no.
    keys.put("capacity.cpu", "100000");
    keys.put("capacity.memory", "1000Ti");
    keys.put("capacity.pods", "100000");
    Map<String, String> properties = new HashMap<>();
    keys.forEach((key, value) -> properties.put("interlink.nodes." + name + "." + key, value));
    if (queue == Queue.PARKED) {
      // Nothing starts there; plain processes would be refused the volume with the token.
      properties.put("interlink.backends." + Bench.BACKEND + ".runtime", "apptainer");
    }
    properties.put(
        "interlink.kubernetes.kubeconfig", identities.userKubeconfig(name, PREFIX).toString());
    return properties;
  }

  Server server() {
    return server;
  }

  PodWatch watch() {
    return watch;
  }

  Map<String, Long> requests() {
    return requests.soFar();
  }

  /** A pod that only our node takes, for the scheduler to bind. */
  ObjectNode scheduled(ObjectNode pod) {
    ObjectNode spec = unbound(pod);
    spec.putObject("nodeSelector").put("kubernetes.io/hostname", name);
    spec.putArray("tolerations").addObject().put("operator", "Exists");
    return pod;
  }

  /** A pod that is bound when it is made. */
  ObjectNode bound(ObjectNode pod) {
    unbound(pod).put("nodeName", name);
    return pod;
  }

  private static ObjectNode unbound(ObjectNode pod) {
    ObjectNode metadata = (ObjectNode) pod.get("metadata");
    String unique = Pods.uid(pod);
    metadata.removeAll();
    metadata.put("name", "p-" + unique);
    return (ObjectNode) pod.get("spec");
  }

  /** The same pod without the volume that every pod else gets, with a token in it. */
  static ObjectNode withoutToken(ObjectNode pod) {
    ((ObjectNode) pod.get("spec")).put("automountServiceAccountToken", false);
    return pod;
  }

  /** Makes one pod; returns its UID. */
  String create(ObjectNode pod) {
    JsonNode made = client.create("/api/v1/namespaces/" + namespace.name() + "/pods", pod);
    String uid = Pods.uid(made);
    bench.owns(uid);
    return uid;
  }

  /** Makes them as fast as they are taken; returns their UIDs, in no order. */
  List<String> create(List<ObjectNode> pods) throws InterruptedException {
    Collection<String> uids = new ConcurrentLinkedQueue<>();
    List<Runnable> posts = new ArrayList<>();
    pods.forEach(pod -> posts.add(() -> uids.add(create(pod))));
    Parallel.run(CONNECTIONS, posts);
    return List.copyOf(uids);
  }

  void awaitJobs(Collection<String> uids) {
    await("the jobs of " + uids.size() + " pods")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> watch.withJob(uids) == uids.size());
  }

  void awaitRunning(Collection<String> uids) {
    await(uids.size() + " running pods")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> watch.inPhase(uids, "Running") == uids.size());
  }

  /** Waits until the status of no pod has changed for a while. */
  void awaitCalm() {
    await("calm")
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(2))
        .during(Duration.ofSeconds(20))
        .until(new Unchanged(watch::changes));
  }

  /** Deletes all pods of the namespace, and returns once they are gone, by the node's word. */
  Duration deleteAll(Collection<String> uids) {
    long begun = System.nanoTime();
    client.delete("/api/v1/namespaces/" + namespace.name() + "/pods");
    await("the end of " + uids.size() + " pods")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> watch.there(uids) == 0);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    bench.disowns(uids);
    return took;
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    // Nobody else would confirm their deletion now.
    client.delete("/api/v1/namespaces/" + namespace.name() + "/pods?gracePeriodSeconds=0");
    namespace.close();
    if (requests != null) {
      requests.close();
    }
    client.delete("/api/v1/nodes/" + name);
    kube.kubectl("delete", "clusterrolebinding", name, "--ignore-not-found").output();
  }
}
