package ee.interlink.offload.pod;

import ee.interlink.batch.PullPolicy;
import io.fabric8.kubernetes.api.model.Container;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When a container's image is fetched (Kubernetes, "Image pull policy"). The API server writes its
 * default into each pod; of one that did not come through it the default is told here.
 */
final class PullPolicies {
  /** A tag other than latest, or a digest: the same image for ever, by custom or by its nature. */
  private static final Pattern FIXED = Pattern.compile(".*(:(?!latest$)[^/:@]+|@[^/@]+)");

  private PullPolicies() {}

  static PullPolicy of(Container container) {
    String image = Optional.ofNullable(container.getImage()).orElse("");
    String policy = Optional.ofNullable(container.getImagePullPolicy()).orElse("");
    return switch (policy) {
      case "Always" -> PullPolicy.ALWAYS;
      case "IfNotPresent" -> PullPolicy.IF_NOT_PRESENT;
      case "Never" -> PullPolicy.NEVER;
      case "" -> FIXED.matcher(image).matches() ? PullPolicy.IF_NOT_PRESENT : PullPolicy.ALWAYS;
      default -> throw new IllegalArgumentException("imagePullPolicy " + policy);
    };
  }
}
