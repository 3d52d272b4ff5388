package ee.interlink.web.kubelet;

import ee.interlink.web.kubelet.access.Tally;
import io.fabric8.kubernetes.api.model.Pod;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** What a node's port counts about itself and its pods: {@code /metrics}. */
final class PortMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests;
  private final Counter reviews;

  PortMetrics(NodeView node, IntSupplier readers) {
    requests =
        Counter.builder()
            .name("interlink_kubelet_http_requests_total")
            .help("Requests at the node's port, by page and status")
            .labelNames("page", "code")
            .register(registry);
    reviews =
        Counter.builder()
            .name("interlink_kubelet_reviews_total")
            .help("Tokens and rights that were looked up, by where the answer came from")
            .labelNames("review", "source")
            .register(registry);
    GaugeWithCallback.builder()
        .name("interlink_node_pods")
        .help("Pods bound to the node, by phase")
        .labelNames("phase")
        .callback(gauge -> phases(node).forEach((phase, n) -> gauge.call(n, phase)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("interlink_kubelet_log_readers")
        .help("Logs that are being read at the ports of all nodes")
        .callback(gauge -> gauge.call(readers.getAsInt()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("process_start_time_seconds")
        .help("Start time of the process since the epoch, in seconds")
        .callback(gauge -> gauge.call(ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0))
        .register(registry);
  }

  PrometheusRegistry registry() {
    return registry;
  }

  void answered(String page, int status) {
    requests.labelValues(page, Integer.toString(status)).inc();
  }

  /**
   * @param kind what is looked up
   */
  Tally tally(String kind) {
    return source -> reviews.labelValues(kind, source).inc();
  }

  private static Map<String, Long> phases(NodeView node) {
    return node.pods().stream()
        .collect(Collectors.groupingBy(PortMetrics::phase, Collectors.counting()));
  }

  private static String phase(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getPhase() == null
        ? "Unknown"
        : pod.getStatus().getPhase();
  }
}
