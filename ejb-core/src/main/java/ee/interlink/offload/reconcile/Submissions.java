package ee.interlink.offload.reconcile;

import ee.interlink.batch.PodUid;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a caller wait until a pod's submission has been decided, one way or the other. */
@ApplicationScoped
public class Submissions {
  private final Map<PodUid, CountDownLatch> awaited = new ConcurrentHashMap<>();

  /** To be called before the pod can be worked on. */
  void expect(PodUid uid) {
    awaited.putIfAbsent(uid, new CountDownLatch(1));
  }

  void decided(PodUid uid) {
    CountDownLatch latch = awaited.remove(uid);
    if (latch != null) {
      latch.countDown();
    }
  }

  /** Returns when decided, when nobody is deciding, or when the time is over. */
  void await(PodUid uid, Duration atMost) {
    CountDownLatch latch = awaited.get(uid);
    if (latch == null) {
      return;
    }
    try {
      boolean unused = latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
