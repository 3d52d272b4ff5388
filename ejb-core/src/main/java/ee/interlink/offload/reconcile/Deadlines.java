package ee.interlink.offload.reconcile;

import ee.interlink.batch.PodUid;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When pods are to be over that were given less time after their job was made; those that had it
 * from the beginning have it from the scheduler. In memory alone: whoever wants it says so again
 * after a start.
 */
@ApplicationScoped
public class Deadlines {
  private final Map<PodUid, Instant> deadlines = new ConcurrentHashMap<>();

  /** The last word counts. */
  public void set(PodUid uid, Instant deadline) {
    deadlines.put(uid, deadline);
  }

  public void forget(PodUid uid) {
    deadlines.remove(uid);
  }

  /** Those that are over by now. */
  List<PodUid> passed(Instant now) {
    return deadlines.entrySet().stream()
        .filter(entry -> !now.isBefore(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
