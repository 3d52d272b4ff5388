package ee.interlink.offload.status;

import ee.interlink.batch.RestartPolicy;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.PodRestartPolicy;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * All from which a pod's status is derived.
 *
 * @param pod the specification
 * @param stage where it stands
 * @param job the job's id; empty before there is one
 * @param fault the last thing that went wrong on our side or the backend's; empty if nothing
 * @param facts as observed
 * @param acceptedAt when we took the pod
 * @param deleteAskedAt when its deletion was asked for
 */
public record PodView(
    Pod pod,
    Stage stage,
    Optional<String> job,
    String fault,
    PodFacts facts,
    Instant acceptedAt,
    Optional<Instant> deleteAskedAt) {
  public PodView {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(facts, "facts");
    Objects.requireNonNull(acceptedAt, "acceptedAt");
    Objects.requireNonNull(deleteAskedAt, "deleteAskedAt");
  }

  RestartPolicy restartPolicy() {
    return PodRestartPolicy.of(pod.getSpec());
  }

  /** The facts of one of the pod's containers; none seen is not the same as no such container. */
  ContainerFacts facts(Container container) {
    return facts.facts(container.getName());
  }
}
