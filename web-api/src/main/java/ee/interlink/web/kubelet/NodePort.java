package ee.interlink.web.kubelet;

import com.github.benmanes.caffeine.cache.Ticker;
import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Node;
import ee.interlink.configuration.NodeName;
import ee.interlink.kubernetes.NodePods;
import ee.interlink.offload.Pods;
import ee.interlink.web.kubelet.access.Authenticator;
import ee.interlink.web.kubelet.access.Authoriser;
import ee.interlink.web.kubelet.access.ClientAuthorities;
import ee.interlink.web.kubelet.access.ClientCertificates;
import ee.interlink.web.kubelet.access.Reviews;
import ee.interlink.web.kubelet.access.Tokens;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Puts the parts of one node's port together. */
final class NodePort {
  private NodePort() {}

  static NodeView view(NodeName node, NodePods pods) {
    return new NodeView() {
      @Override
      public Optional<PodUid> find(String namespace, String name) {
        return pods.find(node, namespace, name);
      }

      @Override
      public List<Pod> pods() {
        return pods.list(node);
      }
    };
  }

  static NodeDoor door(
      Node node,
      NodeView view,
      Pods pods,
      Reviews reviews,
      ClientAuthorities authorities,
      Semaphore readers) {
    Clock clock = Clock.systemUTC();
    PortMetrics metrics =
        new PortMetrics(view, () -> KubeletServer.READERS - readers.availablePermits());
    return new NodeDoor(
        new Authenticator(
            new ClientCertificates(authorities, clock),
            new Tokens(reviews, Ticker.systemTicker(), metrics.tally("token"))),
        new Authoriser(reviews, Ticker.systemTicker(), metrics.tally("access")),
        new Pages(
            Map.of(
                "/healthz",
                exchange -> exchange.answer(200, "ok"),
                "/pods",
                PodListPage.all(view),
                "/runningpods/",
                PodListPage.running(view),
                "/runningpods",
                PodListPage.running(view),
                "/metrics",
                new MetricsPage(metrics.registry()),
                "/metrics/resource",
                new MetricsPage(ResourceMetrics.of(view)),
                "/stats/summary",
                new SummaryPage(node.name(), view, clock.instant())),
            new LogPage(view, pods, readers)),
        metrics);
  }
}
