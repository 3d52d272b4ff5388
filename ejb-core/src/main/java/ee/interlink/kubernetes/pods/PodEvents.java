package ee.interlink.kubernetes.pods;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.kubernetes.Cluster;
import ee.interlink.offload.status.ApiTime;
import ee.interlink.work.ThreadEnd;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the Events of our pods (Kubernetes API, core/v1 Event). They are a courtesy: a full queue
 * or an API server that is away costs an Event and never holds up a pod.
 */
@ApplicationScoped
public class PodEvents {
  private static final System.Logger LOG = System.getLogger(PodEvents.class.getName());
  static final String COMPONENT = "interlink-ee";
  private static final int WAITING = 10_000;
  private static final int REMEMBERED = 10_000;
  private static final int LONGEST_MESSAGE = 1024;

  /** What a kubelet allows itself. */
  private static final int A_SECOND = 50;

  private static final int AT_ONCE = 100;

  @Resource ManagedThreadFactory threads;
  @Inject Cluster cluster;
  Clock clock = Clock.systemUTC();
  private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong serial = new AtomicLong();
  private final Map<String, Boolean> said =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });
  private Thread writer;

  /** Whether an Event is about the ordinary course of things. */
  enum Type {
    NORMAL("Normal"),
    WARNING("Warning");

    final String word;

    Type(String word) {
      this.word = word;
    }
  }

  /** The words of one Event; container is empty if it is about the pod. */
  record Word(Type type, String reason, String message, String container) {
    static Word normal(String reason, String message) {
      return new Word(Type.NORMAL, reason, message, "");
    }

    static Word warning(String reason, String message) {
      return new Word(Type.WARNING, reason, message, "");
    }

    Word of(String name) {
      return new Word(type, reason, message, name);
    }
  }

  /** Queues an Event, unless the same has just been said of this pod. */
  void say(BoundPod pod, Word word) {
    String same = pod.uid() + word.reason() + word.container() + word.message();
    if (said.put(same, true) == null && !queue.offer(event(pod, word))) {
      LOG.log(DEBUG, "pod {0}: no room for event {1}", pod.uid(), word.reason());
    }
  }

  private Event event(BoundPod pod, Word word) {
    Instant now = clock.instant();
    String time = ApiTime.of(now);
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(pod.namespace())
        .withName(
            pod.name()
                + "."
                + Long.toHexString(now.toEpochMilli())
                + Long.toHexString(serial.incrementAndGet() & 0xffff))
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion("v1")
        .withKind("Pod")
        .withNamespace(pod.namespace())
        .withName(pod.name())
        .withUid(pod.uid().value())
        .withFieldPath(
            word.container().isEmpty() ? null : "spec.containers{" + word.container() + "}")
        .endInvolvedObject()
        .withNewSource(COMPONENT, pod.node().value())
        .withType(word.type().word)
        .withReason(word.reason())
        .withMessage(shortened(word.message()))
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .build();
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE - 1) + "…";
  }

  void begin() {
    writer = threads.newThread(this::write);
    writer.setName("interlink-events");
    writer.start();
  }

  private void write() {
    BlockingBucket bucket =
        Bucket.builder()
            .addLimit(
                limit -> limit.capacity(AT_ONCE).refillGreedy(A_SECOND, Duration.ofSeconds(1)))
            .build()
            .asBlocking();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Event event = queue.take();
        bucket.consume(1);
        write(event);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Event event) {
    try {
      cluster.client().v1().events().resource(event).create();
    } catch (KubernetesClientException e) {
      // A namespace that is being deleted takes no more Events, and that is ordinary.
      LOG.log(
          e.getCode() == 403 || e.getCode() == 404 ? DEBUG : WARNING,
          "event {0} of {1} not written: {2}",
          event.getReason(),
          event.getInvolvedObject().getName(),
          e.getMessage());
    }
  }

  void end() {
    if (writer != null) {
      ThreadEnd.await(List.of(writer));
    }
  }
}
