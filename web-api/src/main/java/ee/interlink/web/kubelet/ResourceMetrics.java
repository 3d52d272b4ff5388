package ee.interlink.web.kubelet;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;

/**
 * {@code /metrics/resource}, with kubelet's names. What a job uses only its site knows, so there
 * are start times but no amounts; a metrics server takes such containers for not measured.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/metrics/">Kubernetes metrics
 *     reference</a>
 */
final class ResourceMetrics {
  private ResourceMetrics() {}

  static PrometheusRegistry of(NodeView node) {
    PrometheusRegistry registry = new PrometheusRegistry();
    for (String name : new String[] {"scrape_error", "resource_scrape_error"}) {
      GaugeWithCallback.builder()
          .name(name)
          .help("1 if there was an error while getting container metrics, 0 otherwise")
          .callback(gauge -> gauge.call(0))
          .register(registry);
    }
    GaugeWithCallback.builder()
        .name("container_start_time_seconds")
        .help("Start time of the container since unix epoch in seconds")
        .labelNames("container", "namespace", "pod")
        .callback(gauge -> node.pods().forEach(pod -> starts(pod, gauge)))
        .register(registry);
    return registry;
  }

  private static void starts(Pod pod, GaugeWithCallback.Callback gauge) {
    if (pod.getStatus() == null) {
      return;
    }
    for (ContainerStatus status : pod.getStatus().getContainerStatuses()) {
      if (status.getState() != null
          && status.getState().getRunning() != null
          && status.getState().getRunning().getStartedAt() != null) {
        Instant start = Instant.parse(status.getState().getRunning().getStartedAt());
        gauge.call(
            start.toEpochMilli() / 1000.0,
            status.getName(),
            pod.getMetadata().getNamespace(),
            pod.getMetadata().getName());
      }
    }
  }
}
