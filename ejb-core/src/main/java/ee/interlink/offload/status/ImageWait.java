package ee.interlink.offload.status;

import ee.interlink.batch.ImageState;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;

/**
 * How a container waits for its image, in a kubelet's words (Kubernetes, "Images", and the reasons
 * of {@code pkg/kubelet/images}).
 */
public final class ImageWait {
  /** What the message of a container begins with whose image is being fetched. */
  public static final String PULLING = "Pulling image ";

  private ImageWait() {}

  /**
   * @param creating the reason of a container that is about to be started
   */
  static ContainerState of(ImageFacts image, String name, String creating) {
    String quoted = "\"" + name + "\"";
    String words = image.message();
    return switch (image.state()) {
      case PULLING -> waiting(creating, PULLING + quoted);
      case PULL_FAILED -> waiting("ErrImagePull", "Failed to pull image " + quoted + ": " + words);
      case BACKING_OFF ->
          waiting("ImagePullBackOff", "Back-off pulling image " + quoted + ": " + words);
      case NOT_PRESENT ->
          waiting(
              "ErrImageNeverPull",
              "Container image " + quoted + " is not present with pull policy of Never");
      case INVALID_NAME ->
          waiting("InvalidImageName", "No image can have the name " + quoted + ": " + words);
    };
  }

  /** Whether there is more to say of it than that a container is about to be started. */
  static boolean isFailing(ImageFacts image) {
    return image.state() != ImageState.PULLING;
  }

  private static ContainerState waiting(String reason, String message) {
    return new ContainerStateBuilder()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .build();
  }
}
