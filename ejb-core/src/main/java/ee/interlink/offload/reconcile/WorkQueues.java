package ee.interlink.offload.reconcile;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Configuration;
import ee.interlink.work.WorkQueue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/** A queue for each backend: pods of a slow one never stand before those of another. */
@ApplicationScoped
public class WorkQueues {
  private static final int CAPACITY = 100_000;
  private final Map<BackendName, WorkQueue> queues = new HashMap<>();

  WorkQueues() {}

  @Inject
  WorkQueues(Configuration configuration) {
    configuration.backends().keySet().forEach(name -> queues.put(name, new WorkQueue(CAPACITY)));
  }

  WorkQueue of(BackendName backend) {
    return queues.get(backend);
  }

  /** Says that a pod is to be looked at. A pod of a backend no longer configured stays as it is. */
  void add(BackendName backend, PodUid uid) {
    WorkQueue queue = queues.get(backend);
    if (queue != null) {
      queue.add(uid);
    }
  }
}
