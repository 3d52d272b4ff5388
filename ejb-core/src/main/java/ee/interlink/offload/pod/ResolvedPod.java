package ee.interlink.offload.pod;

import ee.interlink.batch.RegistryAuth;
import ee.interlink.batch.Volume;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A pod with nothing left to look up.
 *
 * @param pod with name, namespace and UID; environment variables have values, not references
 * @param volumes the content of each volume that is not an empty directory
 * @param registryAuth for the registries of its images, if there is any
 */
public record ResolvedPod(
    Pod pod, List<Volume.Files> volumes, Optional<RegistryAuth> registryAuth) {
  /** One that nobody has brought a registry's credentials for. */
  public ResolvedPod(Pod pod, List<Volume.Files> volumes) {
    this(pod, volumes, Optional.empty());
  }

  public ResolvedPod {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(registryAuth, "registryAuth");
    volumes = List.copyOf(volumes);
  }
}
