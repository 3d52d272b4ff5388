package ee.interlink.web.kubelet;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a container has a log to read, in kubelet's words where it has none. */
final class LogReadiness {
  private static final String CREATING = "ContainerCreating";

  private LogReadiness() {}

  /** What stands in the way; empty if nothing does. */
  static Optional<String> obstacle(Pod pod, String container, boolean previous) {
    Optional<ContainerStatus> found = status(pod, container);
    String name = pod.getMetadata().getName();
    boolean ended = found.filter(status -> terminated(status.getLastState())).isPresent();
    if (previous) {
      return ended
          ? Optional.empty()
          : Optional.of(
              "previous terminated container \"%s\" in pod \"%s\" not found"
                  .formatted(container, name));
    }
    boolean started =
        found
            .map(ContainerStatus::getState)
            .filter(state -> state.getRunning() != null || state.getTerminated() != null)
            .isPresent();
    return started || ended
        ? Optional.empty()
        : Optional.of(waiting(name, container, found.map(LogReadiness::reason).orElse(CREATING)));
  }

  static String waiting(String pod, String container) {
    return waiting(pod, container, CREATING);
  }

  private static String waiting(String pod, String container, String reason) {
    return "container \"%s\" in pod \"%s\" is waiting to start: %s"
        .formatted(container, pod, reason);
  }

  private static String reason(ContainerStatus status) {
    boolean said =
        status.getState() != null
            && status.getState().getWaiting() != null
            && status.getState().getWaiting().getReason() != null;
    return said ? status.getState().getWaiting().getReason() : CREATING;
  }

  private static boolean terminated(ContainerState state) {
    return state != null && state.getTerminated() != null;
  }

  private static Optional<ContainerStatus> status(Pod pod, String container) {
    return pod.getStatus() == null
        ? Optional.empty()
        : Stream.concat(
                pod.getStatus().getContainerStatuses().stream(),
                pod.getStatus().getInitContainerStatuses().stream())
            .filter(status -> status.getName().equals(container))
            .findFirst();
  }
}
