package ee.interlink.web.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An element of the answer to {@code /status}, there called PodStatus. */
record WirePodStatus(
    String name,
    @JsonProperty("UID") String uid,
    String namespace,
    @JsonProperty("JID") String jobId,
    List<ContainerStatus> containers,
    List<ContainerStatus> initContainers) {
  /** Under which the core shows a pod's job. */
  private static final String JOB = "interlink.ee/job";

  /** 128 + SIGTERM. */
  private static final int TERMINATED = 143;

  static WirePodStatus of(Pod pod) {
    ObjectMeta meta = pod.getMetadata();
    Map<String, String> annotations = Objects.requireNonNullElse(meta.getAnnotations(), Map.of());
    return new WirePodStatus(
        meta.getName(),
        meta.getUid(),
        meta.getNamespace(),
        annotations.getOrDefault(JOB, meta.getUid()),
        overruled(pod) ? withoutSuccess(pod.getStatus()) : pod.getStatus().getContainerStatuses(),
        pod.getStatus().getInitContainerStatuses());
  }

  /** Whether the pod failed although each of its containers ended with 0. */
  private static boolean overruled(Pod pod) {
    return "Failed".equals(pod.getStatus().getPhase())
        && pod.getStatus().getContainerStatuses().stream()
            .map(status -> status.getState().getTerminated())
            .allMatch(end -> end != null && end.getExitCode() == 0);
  }

  /**
   * There is no phase here: the original takes a pod whose containers all ended with 0 for a
   * success, so the pod's own end is told through them.
   */
  private static List<ContainerStatus> withoutSuccess(PodStatus status) {
    return status.getContainerStatuses().stream()
        .map(
            container ->
                new ContainerStatusBuilder(container)
                    .editState()
                    .editTerminated()
                    .withExitCode(TERMINATED)
                    .withReason(status.getReason())
                    .withMessage(status.getMessage())
                    .endTerminated()
                    .endState()
                    .build())
        .toList();
  }
}
