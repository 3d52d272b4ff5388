package ee.interlink.offload;

import ee.interlink.batch.PodUid;
import java.util.Objects;

/**
 * There is something new about a pod: its stage, its job, or what was observed of it. Only says
 * when to look; the same news may come twice.
 *
 * @param left whether nothing of it is left at its site, so that its front door is to let it go
 */
public record PodChanged(PodUid uid, boolean left) {
  public PodChanged {
    Objects.requireNonNull(uid, "uid");
  }
}
