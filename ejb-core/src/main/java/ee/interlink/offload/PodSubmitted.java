package ee.interlink.offload;

import ee.interlink.batch.PodUid;
import java.util.Objects;

/**
 * A pod has a job now. What the queue says of it is heard within a round of observation, so there
 * is no haste to tell others.
 */
public record PodSubmitted(PodUid uid) {
  public PodSubmitted {
    Objects.requireNonNull(uid, "uid");
  }
}
