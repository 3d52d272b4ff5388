package ee.interlink.kubernetes.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The status of a pod that we have not taken up, because something is missing or not offered. */
final class HeldStatus {
  private static final String OTHERS = "ContainerCreating";
  private static final String NOT_READY = "ContainersNotReady";

  private final Pod pod;
  private final String reason;
  private final String message;
  private final Optional<String> concerned;

  private HeldStatus(Pod pod, String reason, String message, Optional<String> concerned) {
    this.pod = pod;
    this.reason = reason;
    this.message = message;
    this.concerned = concerned;
  }

  /**
   * @param reason why containers wait, in the kubelet's words
   * @param concerned the one container it is about; empty for all
   * @param since when the pod came, for the conditions' times
   */
  static PodStatus of(
      Pod pod, String reason, String message, Optional<String> concerned, String since) {
    return new HeldStatus(pod, reason, message, concerned).status(since);
  }

  private PodStatus status(String since) {
    List<Container> init = pod.getSpec().getInitContainers();
    List<Container> main = pod.getSpec().getContainers();
    String names = main.stream().map(Container::getName).collect(Collectors.joining(" ", "[", "]"));
    return new PodStatusBuilder()
        .withPhase("Pending")
        .withConditions(
            condition("Initialized", since)
                .withStatus(init.isEmpty() ? "True" : "False")
                .withReason(init.isEmpty() ? null : "ContainersNotInitialized")
                .build(),
            unready("ContainersReady", since, names),
            unready("Ready", since, names))
        .withInitContainerStatuses(init.stream().map(this::waiting).toList())
        .withContainerStatuses(main.stream().map(this::waiting).toList())
        .build();
  }

  private static PodConditionBuilder condition(String type, String since) {
    return new PodConditionBuilder().withType(type).withLastTransitionTime(since);
  }

  private static io.fabric8.kubernetes.api.model.PodCondition unready(
      String type, String since, String names) {
    return condition(type, since)
        .withStatus("False")
        .withReason(NOT_READY)
        .withMessage("containers with unready status: " + names)
        .build();
  }

  private ContainerStatus waiting(Container container) {
    boolean meant = concerned.isEmpty() || concerned.get().equals(container.getName());
    return new ContainerStatusBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withImageID("")
        .withReady(false)
        .withStarted(false)
        .withRestartCount(0)
        .withNewState()
        .withNewWaiting(meant ? message : null, meant ? reason : OTHERS)
        .endState()
        .build();
  }
}
