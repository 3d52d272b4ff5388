package ee.interlink.kubernetes.pods;

import ee.interlink.batch.PodUid;
import ee.interlink.configuration.NodeName;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What we keep in memory of a pod that is bound to one of our nodes; the API server has the rest.
 *
 * @param deletion the grace period, once deletion is asked for; zero when it has been confirmed or
 *     was forced
 * @param activeDeadline how long it may be active; its author may set or shorten that at any time
 * @param mayHaveJob whether somebody has taken the pod up before, so that there may be a job
 */
record BoundPod(
    PodUid uid,
    String namespace,
    String name,
    NodeName node,
    Optional<Duration> deletion,
    Optional<Duration> activeDeadline,
    boolean mayHaveJob) {
  BoundPod {
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(deletion, "deletion");
    Objects.requireNonNull(activeDeadline, "activeDeadline");
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
        activeDeadline(pod.getSpec()),
        status.getStartTime() != null);
  }

  static Optional<Duration> activeDeadline(PodSpec spec) {
    return Optional.ofNullable(spec)
        .map(PodSpec::getActiveDeadlineSeconds)
        .map(Duration::ofSeconds);
  }
}
