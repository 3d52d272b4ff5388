package ee.interlink.work;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import ee.interlink.batch.PodUid;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Managed threads that take pods from one queue, and nothing that happens to a pod ends them. */
public final class Crew {
  private static final System.Logger LOG = System.getLogger(Crew.class.getName());

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
      while (!ending && !Thread.currentThread().isInterrupted()) {
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
      if (!ending) {
        work.accept(uids);
      }
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

  /** Ends the workers of these crews, by one deadline ({@link ThreadEnd}); none takes more pods. */
  public static void end(List<Crew> crews) {
    crews.forEach(crew -> crew.ending = true);
    ThreadEnd.await(crews.stream().flatMap(crew -> crew.started.stream()).toList());
  }
}
