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
        PodUid uid = queue.take();
        try {
          reconciler.reconcile(uid);
        } catch (RuntimeException e) {
          // Outermost loop: one pod's surprise must not end the worker. The sweep finds it again.
          LOG.log(ERROR, "pod " + uid + ": step not finished", e);
        } finally {
          queue.done(uid);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
