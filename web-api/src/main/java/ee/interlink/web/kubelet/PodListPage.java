package ee.interlink.web.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.web.body.Json;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import java.io.IOException;
import java.util.function.Predicate;

/** {@code /pods} and {@code /runningpods/}: a PodList. */
final class PodListPage implements Page {
  private final NodeView node;
  private final Predicate<Pod> shown;

  private PodListPage(NodeView node, Predicate<Pod> shown) {
    this.node = node;
    this.shown = shown;
  }

  static Page all(NodeView node) {
    return new PodListPage(node, pod -> true);
  }

  static Page running(NodeView node) {
    return new PodListPage(
        node, pod -> pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase()));
  }

  @Override
  public void show(Exchange exchange) throws IOException {
    ObjectNode list =
        PodJson.mapper()
            .valueToTree(
                new PodListBuilder()
                    .withNewMetadata()
                    .endMetadata()
                    .withItems(node.pods().stream().filter(shown).toList())
                    .build());
    list.withArray("items"); // the model leaves out what is empty
    exchange.answer(200, Exchange.JSON, Json.bytes(list));
  }
}
