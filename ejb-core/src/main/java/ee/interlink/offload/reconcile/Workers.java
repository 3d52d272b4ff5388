package ee.interlink.offload.reconcile;

import static java.lang.System.Logger.Level.ERROR;

import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** The managed threads that take pods from the queues: a fixed number for each backend. */
@ApplicationScoped
public class Workers {
  private static final System.Logger LOG = System.getLogger(Workers.class.getName());
  private static final long PATIENCE_MILLIS = 10_000;

  /**
   * A single pod never waits for others, but what has gathered meanwhile goes together: then what
   * surrounds a submission is paid once. Not more, or the first waits long for the last.
   */
  private static final int MOST_TOGETHER = 20;

  @Resource ManagedThreadFactory threads;
  @Inject Configuration configuration;
  @Inject WorkQueues queues;
  @Inject Reconciler reconciler;
  private final List<Thread> started = new ArrayList<>();

  void begin() {
    for (Backend backend : configuration.backends().values()) {
      for (int i = 0; i < backend.workers(); i++) {
        Thread thread = threads.newThread(() -> work(queues.of(backend.name())));
        thread.setName("interlink-" + backend.name() + "-" + i);
        started.add(thread);
        thread.start();
      }
    }
  }

  private void work(WorkQueue queue) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        List<PodUid> uids = queue.take(MOST_TOGETHER);
        try {
          reconcile(uids);
        } finally {
          uids.forEach(queue::done);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reconcile(List<PodUid> uids) {
    try {
      reconciler.reconcile(uids);
    } catch (RuntimeException e) {
      // Outermost loop: one pod's surprise must end neither the worker nor the others' way. Each
      // alone then; the one itself is found again by the sweep.
      if (uids.size() > 1) {
        uids.forEach(uid -> reconcile(List.of(uid)));
      } else {
        LOG.log(ERROR, "pod " + uids.get(0) + ": step not finished", e);
      }
    }
  }

  /** Interrupts the workers and waits for them, so that none outlives what it works with. */
  void end() {
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
