package ee.interlink.kubernetes.pods;

import ee.interlink.batch.PodUid;
import ee.interlink.work.WorkQueue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which pods to look at again, and when; one entry for each pod, in memory. */
@ApplicationScoped
public class Later {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final int DOUBLINGS = 4;

  @Inject PodQueue queue;
  private final Map<PodUid, Instant> wanted = new ConcurrentHashMap<>();
  private final Map<PodUid, Instant> told = new ConcurrentHashMap<>();
  private final Map<PodUid, Integer> attempts = new ConcurrentHashMap<>();

  /** Look at what the cluster wants with this pod again; later each time. */
  void want(PodUid uid, Instant now) {
    int attempt = attempts.merge(uid, 1, Integer::sum);
    Duration pause = FIRST.multipliedBy(1L << Math.min(attempt - 1, DOUBLINGS));
    wanted.put(uid, now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST));
  }

  /** The pod has gone its way: the next fault begins anew. */
  void settled(PodUid uid) {
    wanted.remove(uid);
    attempts.remove(uid);
  }

  void tell(PodUid uid, Instant at) {
    told.put(uid, at);
  }

  /** Queues those whose time has come. */
  void sweep(Instant now) {
    sweep(wanted, queue.wanted(), now);
    sweep(told, queue.told(), now);
  }

  private static void sweep(Map<PodUid, Instant> waiting, WorkQueue queue, Instant now) {
    waiting.forEach(
        (uid, at) -> {
          if (!now.isBefore(at) && waiting.remove(uid, at)) {
            queue.add(uid);
          }
        });
  }
}
