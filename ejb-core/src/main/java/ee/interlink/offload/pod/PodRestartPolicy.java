package ee.interlink.offload.pod;

import ee.interlink.batch.RestartPolicy;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Optional;

/** What {@code spec.restartPolicy} says. */
public final class PodRestartPolicy {
  private PodRestartPolicy() {}

  /** Kubernetes' default is Always; the table of fields has refused all other words. */
  public static RestartPolicy of(PodSpec spec) {
    return switch (Optional.ofNullable(spec.getRestartPolicy()).orElse("Always")) {
      case "Never" -> RestartPolicy.NEVER;
      case "OnFailure" -> RestartPolicy.ON_FAILURE;
      default -> RestartPolicy.ALWAYS;
    };
  }
}
