package ee.interlink.offload.reconcile;

import static java.lang.System.Logger.Level.ERROR;

import ee.interlink.batch.PodUid;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Managed threads that take pods from one queue, and nothing that happens to a pod ends them. */
public final class Crew {
  private static final System.Logger LOG = System.getLogger(Crew.class.getName());
  private static final long PATIENCE_MILLIS = 10_000;

  private final WorkQueue queue;
  private final int most;
  private final Consumer<List<PodUid>> work;
  private final List<Thread> started = new ArrayList<>();

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
      while (!Thread.currentThread().isInterrupted()) {
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
      if (uids.size() > 1) {
        uids.forEach(uid -> workOn(List.of(uid)));
      } else {
        LOG.log(ERROR, "pod " + uids.get(0) + ": step not finished", e);
      }
    }
  }

  /** Interrupts the workers and waits for them, so that none outlives what it works with. */
  public void end() {
    started.forEach(Thread::interrupt);
    try {
      for (Thread thread : started) {
        thread.join(PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
