package ee.interlink.benchmarks;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.PortalClient;
import ee.interlink.testbed.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Pods that a server has, brought in and waited for. */
final class LivePods {
  /** Jobs that start at once on two cores need their time. */
  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  private static final int CONNECTIONS = 4;

  private final Bench bench;
  private final PortalClient portal;

  LivePods(Bench bench, Server server) {
    this.bench = bench;
    this.portal = server.portal();
  }

  /**
   * So many pods that sleep for an hour; those that find no CPU wait in the queue. Returns their
   * UIDs.
   */
  List<String> add(int count, String namespace) throws InterruptedException {
    Pods pods = bench.pods();
    List<ObjectNode> manifests =
        Stream.generate(
                () -> {
                  ObjectNode pod = pods.sleep(3600);
                  pod.withObject("/metadata").put("namespace", namespace);
                  return pod;
                })
            .limit(count)
            .toList();
    post(manifests);
    return manifests.stream().map(Pods::uid).toList();
  }

  /** Returns once all are in the queue. */
  void post(List<ObjectNode> manifests) throws InterruptedException {
    List<String> names = manifests.stream().map(Pods::uid).toList();
    names.forEach(bench::owns);
    List<Runnable> posts = new ArrayList<>();
    manifests.forEach(pod -> posts.add(() -> portal.create(Bench.BACKEND, pod)));
    Parallel.run(CONNECTIONS, posts);
    await("jobs in the queue")
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> bench.queued(names).size() == names.size());
  }

  /** Waits until our own status says that the pods of this namespace run. */
  void awaitRunning(String namespace, int count) {
    await("running pods")
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> phases(namespace).filter("Running"::equals).count() >= count);
  }

  /** Waits until no pod has started for a while. */
  void awaitCalm(String namespace) {
    await("calm")
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofSeconds(2))
        .during(Duration.ofSeconds(10))
        .until(new Unchanged(() -> running(namespace)));
  }

  long running(String namespace) {
    return phases(namespace).filter("Running"::equals).count();
  }

  private Stream<String> phases(String namespace) {
    return PodList.of(portal, "namespace=" + namespace).map(PodEnd::phase);
  }
}
