package ee.interlink.benchmarks;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.PortalClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets pods end, and notes when a client of ours first hears of it. */
final class EndWatch {
  private static final Duration LEAD = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** How often a client asks; what this adds to the figures stays in them. */
  static final Duration POLL = Duration.ofMillis(50);

  private final PortalClient portal;
  private final Map<String, Instant> heard = new HashMap<>();

  /**
   * @param ended by the job's own word, written as its last act
   * @param heard when our status said so first
   */
  record End(Instant ended, Instant heard) {
    Duration lag() {
      return Duration.between(ended, heard);
    }
  }

  EndWatch(PortalClient portal) {
    this.portal = portal;
  }

  /**
   * @param go the file that all of them wait for
   */
  List<End> letEnd(List<EndingPod> pods, Path go) throws IOException {
    Instant begin = Instant.now().plus(LEAD);
    Path part = go.resolveSibling("part");
    Files.writeString(part, begin.toEpochMilli() + "\n");
    Files.move(part, go);
    await("all ends reported")
        .atMost(LIMIT.plus(longest(pods)))
        .pollInterval(POLL)
        .until(() -> look(pods, begin));
    return pods.stream().map(pod -> new End(ended(pod), heard.get(pod.uid()))).toList();
  }

  /** Only pods that may have ended are asked for: a client that asks for all would be the load. */
  private boolean look(List<EndingPod> pods, Instant begin) {
    for (EndingPod pod : pods) {
      boolean due = !Instant.now().isBefore(begin.plus(pod.after()));
      if (due && !heard.containsKey(pod.uid())) {
        JsonNode status = portal.pod(pod.uid());
        if (PodEnd.over(status)) {
          heard.put(pod.uid(), Instant.now());
          if (!PodEnd.phase(status).equals("Succeeded")) {
            throw new IllegalStateException("a pod has failed: " + status.path("status"));
          }
        }
      }
    }
    return heard.size() == pods.size();
  }

  private Instant ended(EndingPod pod) {
    String log = portal.log(pod.uid(), Pods.MAIN).expect(200).text().strip();
    long micros = Long.parseLong(log.substring(log.lastIndexOf('\n') + 1));
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
  }

  private static Duration longest(List<EndingPod> pods) {
    return pods.stream().map(EndingPod::after).max(Duration::compareTo).orElseThrow();
  }
}
