package ee.interlink.web.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import ee.interlink.offload.UnknownBackendException;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** Takes a pod, and tells the same one sent again from another one under its UID. */
final class PodCreation {
  private final Pods pods;

  PodCreation(Pods pods) {
    this.pods = pods;
  }

  /**
   * @return the new pod; empty if it was sent before
   * @throws ProblemException if there is another pod with this UID
   */
  Optional<PodEntry> create(Pod pod, Optional<String> backend)
      throws RefusedPodException, UnknownBackendException {
    // There is no cluster to read ConfigMaps and Secrets from: a pod that wants them is refused.
    Optional<PodEntry> created = pods.accept(new ResolvedPod(pod, List.of()), backend, Door.PORTAL);
    PodUid uid = new PodUid(pod.getMetadata().getUid());
    if (created.isEmpty()
        && pods.entry(uid).filter(known -> isSame(known, pod, backend)).isEmpty()) {
      throw new ProblemException(
          ProblemKind.UID_TAKEN, "delete that one first, or leave metadata.uid out");
    }
    return created;
  }

  private static boolean isSame(PodEntry known, Pod pod, Optional<String> backend) {
    if (known.door() != Door.PORTAL
        || backend.filter(named -> !named.equals(known.backend().value())).isPresent()) {
      return false;
    }
    try {
      return PodJson.mapper()
          .readTree(known.manifest())
          .equals(PodJson.mapper().readTree(PodJson.write(pod)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored pod that cannot be read", e);
    }
  }
}
