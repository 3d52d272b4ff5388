package ee.interlink.kubernetes.pods;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.PodChanged;
import ee.interlink.offload.PodSubmitted;
import ee.interlink.work.WorkQueue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * Which pods to look at: because of what the cluster wants ({@link #wanted}), or because there is
 * something to tell it ({@link #told}). Two queues, so that a burst of arrivals does not hold up
 * the news of those that are here.
 */
@ApplicationScoped
public class PodQueue {
  private static final int CAPACITY = 100_000;

  /** So that the job's id and what the queue says of it are one write, a burst's cost halved. */
  private static final Duration TOGETHER = Duration.ofSeconds(1);

  @Inject BoundPods bound;
  @Inject Later later;
  Clock clock = Clock.systemUTC();
  private final WorkQueue wanted = new WorkQueue(CAPACITY);
  private final WorkQueue told = new WorkQueue(CAPACITY);

  WorkQueue wanted() {
    return wanted;
  }

  WorkQueue told() {
    return told;
  }

  void add(PodUid uid) {
    wanted.add(uid);
  }

  void changed(@Observes PodChanged change) {
    if (change.left()) {
      // The cluster has not heard of that yet, or has forgotten the pod first.
      wanted.add(change.uid());
    } else if (bound.find(change.uid()).isPresent()) {
      told.add(change.uid());
    }
  }

  void submitted(@Observes PodSubmitted submission) {
    if (bound.find(submission.uid()).isPresent()) {
      later.tell(submission.uid(), clock.instant().plus(TOGETHER));
    }
  }
}
