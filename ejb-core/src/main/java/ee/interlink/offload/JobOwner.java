package ee.interlink.offload;

import ee.interlink.batch.PodUid;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** A front door whose pods somebody else keeps, and that can tell which of them still exist. */
public interface JobOwner {

  /**
   * Asked about a job that bears an origin and that no pod of ours belongs to.
   *
   * @param origin as the job bears it
   * @return what is left of the pod, with name, namespace and UID, if the origin is this door's and
   *     it knows for certain that the pod is no more; empty otherwise
   */
  Optional<Pod> stray(String origin, PodUid uid);
}
