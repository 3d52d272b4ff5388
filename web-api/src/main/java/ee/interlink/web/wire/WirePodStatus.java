package ee.interlink.web.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Collections;
import java.util.Comparator;
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
        containers(pod.getStatus()),
        pod.getStatus().getInitContainerStatuses());
  }

  /**
   * There is no phase here: the original takes a pod whose containers all ended with 0 for a
   * success, so where it is none, the pod's own state is told through them.
   */
  private static List<ContainerStatus> containers(PodStatus status) {
    List<ContainerStatus> all = status.getContainerStatuses();
    boolean allEndedWithZero =
        !all.isEmpty()
            && all.stream()
                .map(each -> each.getState().getTerminated())
                .allMatch(end -> end != null && end.getExitCode() == 0);
    if (!allEndedWithZero || "Succeeded".equals(status.getPhase())) {
      return all;
    }
    return "Failed".equals(status.getPhase())
        ? all.stream().map(each -> failed(each, status)).toList()
        : stillRunning(all);
  }

  private static ContainerStatus failed(ContainerStatus container, PodStatus status) {
    return new ContainerStatusBuilder(container)
        .editState()
        .editTerminated()
        .withExitCode(TERMINATED)
        .withReason(status.getReason())
        .withMessage(status.getMessage())
        .endTerminated()
        .endState()
        .build();
  }

  /** Whether they succeeded, the scheduler has yet to say: the last one's end waits for that. */
  private static List<ContainerStatus> stillRunning(List<ContainerStatus> all) {
    ContainerStatus last = Collections.max(all, Comparator.comparing(WirePodStatus::finishedAt));
    return all.stream().map(each -> each.equals(last) ? running(each) : each).toList();
  }

  private static String finishedAt(ContainerStatus ended) {
    return Objects.requireNonNullElse(ended.getState().getTerminated().getFinishedAt(), "");
  }

  private static ContainerStatus running(ContainerStatus container) {
    String startedAt = container.getState().getTerminated().getStartedAt();
    return new ContainerStatusBuilder(container)
        .withNewState()
        .withNewRunning()
        .withStartedAt(startedAt)
        .endRunning()
        .endState()
        .build();
  }
}
