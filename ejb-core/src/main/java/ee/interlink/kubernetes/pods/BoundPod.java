package ee.interlink.kubernetes.pods;

import ee.interlink.batch.PodUid;
import ee.interlink.configuration.NodeName;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What we keep in memory of a pod that is bound to one of our nodes; the API server has the rest.
 *
 * @param deletion the grace period, once deletion is asked for; zero when it has been confirmed or
 *     was forced
 * @param mayHaveJob whether somebody has taken the pod up before, so that there may be a job
 */
record BoundPod(
    PodUid uid,
    String namespace,
    String name,
    NodeName node,
    Optional<Duration> deletion,
    boolean mayHaveJob) {
  BoundPod {
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(deletion, "deletion");
  }

  static BoundPod of(Pod pod, NodeName node) {
    ObjectMeta meta = pod.getMetadata();
    Optional<Duration> deletion =
        meta.getDeletionTimestamp() == null
            ? Optional.empty()
            : Optional.of(
                Duration.ofSeconds(
                    Optional.ofNullable(meta.getDeletionGracePeriodSeconds()).orElse(0L)));
    PodStatus status = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
    return new BoundPod(
        new PodUid(meta.getUid()),
        meta.getNamespace(),
        meta.getName(),
        node,
        deletion,
        status.getStartTime() != null);
  }
}
