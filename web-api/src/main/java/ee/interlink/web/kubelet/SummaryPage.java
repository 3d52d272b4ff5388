package ee.interlink.web.kubelet;

import com.fasterxml.jackson.annotation.JsonInclude;
import ee.interlink.configuration.NodeName;
import ee.interlink.offload.status.ApiTime;
import ee.interlink.web.body.Json;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * {@code /stats/summary}: the form of statsapi v1alpha1, with what is known. What a job uses only
 * its site knows, so there are no amounts.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/node-metrics/">Node metrics
 *     data</a>
 */
final class SummaryPage implements Page {
  record Summary(NodeStats node, List<PodStats> pods) {}

  record NodeStats(String nodeName, String startTime) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PodStats(PodReference podRef, String startTime, List<ContainerStats> containers) {}

  record PodReference(String name, String namespace, String uid) {}

  record ContainerStats(String name, String startTime) {}

  private final NodeView view;
  private final NodeStats node;

  /**
   * @param begin since when this port looks at the node
   */
  SummaryPage(NodeName name, NodeView view, Instant begin) {
    this.view = view;
    this.node = new NodeStats(name.value(), ApiTime.of(begin));
  }

  @Override
  public void show(Exchange exchange) throws IOException {
    exchange.answer(
        200,
        Exchange.JSON,
        Json.bytes(new Summary(node, view.pods().stream().map(SummaryPage::stats).toList())));
  }

  private static PodStats stats(Pod pod) {
    return new PodStats(
        new PodReference(
            pod.getMetadata().getName(),
            pod.getMetadata().getNamespace(),
            pod.getMetadata().getUid()),
        pod.getStatus() == null ? null : pod.getStatus().getStartTime(),
        pod.getStatus() == null
            ? List.of()
            : pod.getStatus().getContainerStatuses().stream()
                .filter(SummaryPage::runs)
                .map(c -> new ContainerStats(c.getName(), c.getState().getRunning().getStartedAt()))
                .toList());
  }

  private static boolean runs(ContainerStatus status) {
    return status.getState() != null
        && status.getState().getRunning() != null
        && status.getState().getRunning().getStartedAt() != null;
  }
}
