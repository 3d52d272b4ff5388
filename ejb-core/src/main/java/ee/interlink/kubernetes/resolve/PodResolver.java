package ee.interlink.kubernetes.resolve;

import ee.interlink.offload.pod.*;
import io.fabric8.kubernetes.api.model.Pod;

public final class PodResolver {
  public PodResolver(ClusterObjects objects, NodeFacts node) {}

  public ResolvedPod resolve(Pod pod)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    return new ResolvedPod(pod, java.util.List.of());
  }
}
