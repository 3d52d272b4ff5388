package ee.interlink.systemtest;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.testbed.BatchSystem;
import java.time.Duration;
import java.util.Collection;
import org.awaitility.core.ConditionFactory;

/** The conditions that most tests wait for. */
final class Waits {
  private static final Duration LONG = Duration.ofSeconds(90);

  private Waits() {}

  static ConditionFactory waitFor(String what) {
    return await(what).atMost(LONG).pollInterval(Duration.ofMillis(100)).pollInSameThread();
  }

  static PodState running(FrontDoor door, JsonNode pod) {
    return waitFor("running").until(() -> door.find(pod).orElseThrow(), PodState::running);
  }

  static PodState ended(FrontDoor door, JsonNode pod) {
    return waitFor("ended").until(() -> door.find(pod).orElseThrow(), PodState::ended);
  }

  static void queued(BatchSystem batch, Collection<String> uids, int atLeast) {
    waitFor(atLeast + " jobs in the queue").until(() -> batch.queued(uids).size() >= atLeast);
  }

  static boolean live(BatchSystem batch, String uid) {
    return batch.queued(uid).stream().anyMatch(job -> !job.over());
  }
}
