package ee.interlink.offload.reconcile;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.PodChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

/** Says that there is something new about a pod, to the front doors that tell others of it. */
@ApplicationScoped
public class Changes {
  @Inject Event<PodChanged> changes;

  /** Called after the journal has it. */
  void of(PodUid uid) {
    changes.fire(new PodChanged(uid, false));
  }

  /** Nothing of it is left at its site, and its front door is to let it go. */
  void left(PodUid uid) {
    changes.fire(new PodChanged(uid, true));
  }
}
