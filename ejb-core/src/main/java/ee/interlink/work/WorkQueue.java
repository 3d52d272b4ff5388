package ee.interlink.work;

import ee.interlink.batch.PodUid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Which pods to look at: each at most once in the queue and at most once in work. A pod added while
 * it is in work is looked at once more afterwards. Bounded; what does not fit is found again by the
 * sweep, since the journal knows what is due.
 */
public final class WorkQueue {
  private final int capacity;
  private final Queue<PodUid> waiting = new ArrayDeque<>();
  private final Set<PodUid> queued = new HashSet<>();
  private final Set<PodUid> inWork = new HashSet<>();
  private final Set<PodUid> again = new HashSet<>();

  public WorkQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Returns false if the queue is full. */
  public synchronized boolean add(PodUid uid) {
    if (inWork.contains(uid)) {
      again.add(uid);
      return true;
    }
    if (queued.contains(uid)) {
      return true;
    }
    if (waiting.size() >= capacity) {
      return false;
    }
    queued.add(uid);
    waiting.add(uid);
    notify();
    return true;
  }

  /** Waits for pods, and takes what is there; they are the caller's until {@link #done}. */
  public synchronized List<PodUid> take(int most) throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    List<PodUid> taken = new ArrayList<>();
    while (!waiting.isEmpty() && taken.size() < most) {
      PodUid uid = waiting.remove();
      queued.remove(uid);
      inWork.add(uid);
      taken.add(uid);
    }
    return taken;
  }

  public synchronized void done(PodUid uid) {
    inWork.remove(uid);
    if (again.remove(uid)) {
      add(uid);
    }
  }
}
