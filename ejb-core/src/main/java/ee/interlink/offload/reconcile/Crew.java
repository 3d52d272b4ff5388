package ee.interlink.offload.reconcile;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.batch.PodUid;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Managed threads that take pods from one queue, and nothing that happens to a pod ends them. */
public final class Crew {
  private static final System.Logger LOG = System.getLogger(Crew.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long INTERRUPT_MILLIS = 100;

  private final WorkQueue queue;
  private final int most;
  private final Consumer<List<PodUid>> work;
  private final List<Thread> started = new ArrayList<>();
  private volatile boolean ending;

  /**
   * @param most how many pods one worker takes together
   */
  public Crew(WorkQueue queue, int most, Consumer<List<PodUid>> work) {
    this.queue = queue;
    this.most = most;
    this.work = work;
  }

  public void begin(ManagedThreadFactory threads, String name, int size) {
    for (int i = 0; i < size; i++) {
      Thread thread = threads.newThread(this::work);
      thread.setName(name + "-" + i);
      started.add(thread);
      thread.start();
    }
  }

  private void work() {
    try {
      while (!ending) {
        List<PodUid> uids = queue.take(most);
        try {
          workOn(uids);
        } finally {
          uids.forEach(queue::done);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void workOn(List<PodUid> uids) {
    try {
      work.accept(uids);
    } catch (RuntimeException e) {
      // Outermost loop: one pod's surprise must end neither the worker nor the others' way. Each
      // alone then; the one itself is found again by a sweep.
      if (ending) {
        LOG.log(INFO, "{0} pods left for the next start: {1}", uids.size(), e.getMessage());
      } else if (uids.size() > 1) {
        uids.forEach(uid -> workOn(List.of(uid)));
      } else {
        LOG.log(ERROR, "pod " + uids.get(0) + ": step not finished", e);
      }
    }
  }

  /**
   * Interrupts the workers of these crews and waits for them, so that none outlives what it works
   * with. Again and again, because one interrupt may be swallowed by what a worker calls; and for
   * ten seconds at most, however many they are.
   */
  public static void end(List<Crew> crews) {
    crews.forEach(crew -> crew.ending = true);
    Instant latest = Instant.now().plus(PATIENCE);
    try {
      for (List<Thread> left = atWork(crews); !left.isEmpty(); left = atWork(crews)) {
        if (Instant.now().isAfter(latest)) {
          left.forEach(each -> LOG.log(WARNING, "{0} is still at work, and left", each.getName()));
          return;
        }
        left.forEach(Thread::interrupt);
        left.get(0).join(INTERRUPT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Thread> atWork(List<Crew> crews) {
    return crews.stream().flatMap(crew -> crew.started.stream()).filter(Thread::isAlive).toList();
  }
}
