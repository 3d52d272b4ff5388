package ee.interlink.offload.pod;

import ee.interlink.batch.Volume;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;

/**
 * A pod with nothing left to look up.
 *
 * @param pod with name, namespace and UID; environment variables have values, not references
 * @param volumes the content of each volume that is not an empty directory
 */
public record ResolvedPod(Pod pod, List<Volume.Files> volumes) {
  public ResolvedPod {
    Objects.requireNonNull(pod, "pod");
    volumes = List.copyOf(volumes);
  }
}
