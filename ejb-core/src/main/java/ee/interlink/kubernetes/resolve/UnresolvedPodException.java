package ee.interlink.kubernetes.resolve;

import java.util.Optional;

/**
 * A pod that has to wait: something that it needs is not there, or not as it must be, and may be
 * later. The message is what a kubelet would say; it never has a secret.
 */
public final class UnresolvedPodException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String waitingReason;
  private final String eventReason;
  private final String container;

  private UnresolvedPodException(
      String waitingReason, String eventReason, String container, String message) {
    super(message);
    this.waitingReason = waitingReason;
    this.eventReason = eventReason;
    this.container = container;
  }

  /** What keeps a volume from being filled, and so all containers from starting. */
  public static UnresolvedPodException ofVolume(String message) {
    return new UnresolvedPodException("ContainerCreating", "FailedMount", null, message);
  }

  /** What keeps one container from starting. */
  static UnresolvedPodException ofContainer(String container, String message) {
    return new UnresolvedPodException("CreateContainerConfigError", "Failed", container, message);
  }

  /** The same, with the volume's name before it, as the event FailedMount has it. */
  UnresolvedPodException inVolume(String name) {
    return new UnresolvedPodException(
        waitingReason,
        eventReason,
        container,
        "MountVolume.SetUp failed for volume \"" + name + "\" : " + getMessage());
  }

  /** The reason in {@code state.waiting} of the containers that wait. */
  public String waitingReason() {
    return waitingReason;
  }

  /** The reason of the event that tells of it. */
  public String eventReason() {
    return eventReason;
  }

  /** The container that it concerns; empty if all wait. */
  public Optional<String> container() {
    return Optional.ofNullable(container);
  }
}
