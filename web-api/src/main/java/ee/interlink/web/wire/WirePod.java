package ee.interlink.web.wire;

import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** From what {@code /create} was sent to a pod that can be run. */
final class WirePod {
  /** The annotation by which a pod chooses its backend. */
  static final String BACKEND = "interlink.ee/backend";

  private WirePod() {}

  /**
   * As with the original, a pod runs once whatever its restartPolicy says.
   *
   * @throws RefusedPodException naming each field that stands in the way
   */
  static ResolvedPod resolve(CreateRequest request) throws RefusedPodException {
    Pod pod = request.pod();
    if (pod == null || pod.getSpec() == null) {
      throw refused("pod", "has no spec");
    }
    ObjectMeta meta = pod.getMetadata();
    if (meta == null || meta.getName() == null || meta.getUid() == null) {
      throw refused("metadata", "has no name or no uid");
    }
    if (meta.getNamespace() == null) {
      meta.setNamespace("default");
    }
    meta.setManagedFields(List.of()); // bulky, and about the cluster's object
    pod.setStatus(null); // ours to say
    pod.getSpec().setRestartPolicy("Never");
    return new ResolvedPod(pod, VolumeContents.of(request));
  }

  static Optional<String> backend(Pod pod) {
    Map<String, String> annotations =
        Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
    return Optional.ofNullable(annotations.get(BACKEND)).filter(name -> !name.isBlank());
  }

  private static RefusedPodException refused(String field, String fault) {
    return new RefusedPodException(List.of(new FieldFault(field, fault)));
  }
}
