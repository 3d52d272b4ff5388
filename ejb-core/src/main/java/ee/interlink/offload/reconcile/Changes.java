package ee.interlink.offload.reconcile;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.PodChanged;
import ee.interlink.offload.PodSubmitted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

/** Says that there is something new about a pod, to the front doors that tell others of it. */
@ApplicationScoped
public class Changes {
  @Inject Event<PodChanged> changes;
  @Inject Event<PodSubmitted> submissions;

  /** Called after the journal has it. */
  void of(PodUid uid) {
    changes.fire(new PodChanged(uid, false));
  }

  /** It has a job, and nothing has been observed of that yet. */
  void submitted(PodUid uid) {
    submissions.fire(new PodSubmitted(uid));
  }

  /** Nothing of it is left at its site, and its front door is to let it go. */
  void left(PodUid uid) {
    changes.fire(new PodChanged(uid, true));
  }
}
