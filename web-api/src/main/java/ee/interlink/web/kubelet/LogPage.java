package ee.interlink.web.kubelet;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import ee.interlink.web.log.ContainerLog;
import ee.interlink.web.log.LogRequest;
import ee.interlink.web.log.LogStream;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** {@code /containerLogs/NAMESPACE/POD/CONTAINER}: what kubectl logs shows. */
final class LogPage implements Page {
  private final NodeView node;
  private final Pods pods;
  private final Semaphore places;

  /**
   * @param places of those who read logs, who may stay for hours
   */
  LogPage(NodeView node, Pods pods, Semaphore places) {
    this.node = node;
    this.pods = pods;
    this.places = places;
  }

  @Override
  public void show(Exchange exchange) throws IOException, BatchException {
    String[] words = exchange.path().split("/", -1);
    if (words.length != 5) {
      exchange.answer(404, "404 page not found\n");
      return;
    }
    LogRequest request = LogQuery.read(exchange::parameter, Instant.now());
    Optional<PodUid> uid = node.find(words[2], words[3]);
    if (uid.isEmpty()) {
      exchange.answer(404, "pod \"%s\" does not exist\n".formatted(words[3]));
      return;
    }
    Optional<Pod> pod = pods.find(uid.get());
    if (pod.isEmpty()) { // bound to the node, but not yet taken in
      exchange.answer(400, LogReadiness.waiting(words[3], words[4]) + "\n");
    } else if (!has(pod.get(), words[4])) {
      exchange.answer(
          404, "container \"%s\" not found in pod \"%s\"\n".formatted(words[4], words[3]));
    } else {
      Optional<String> obstacle = LogReadiness.obstacle(pod.get(), words[4], request.previous());
      if (obstacle.isPresent()) {
        exchange.answer(400, obstacle.get() + "\n");
      } else {
        stream(exchange, ContainerLog.of(pods, uid.get(), words[4]), request);
      }
    }
  }

  private void stream(Exchange exchange, ContainerLog log, LogRequest request)
      throws IOException, BatchException {
    if (!places.tryAcquire()) {
      exchange.answer(503, "too many logs are being read: try again later\n");
      return;
    }
    try {
      LogStream.Pause pause = request.follow() ? exchange.watched() : LogPage::sleep;
      LogStream stream = LogStream.open(log, request, pause);
      try (OutputStream out = exchange.stream(Exchange.TEXT)) {
        stream.write(out);
      }
    } finally {
      places.release();
    }
  }

  private static void sleep(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  private static boolean has(Pod pod, String container) {
    return Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .anyMatch(known -> known.getName().equals(container));
  }
}
