package ee.interlink.configuration;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How we reach the cluster.
 *
 * @param kubeconfig a kubeconfig file; empty for what the environment says ({@code KUBECONFIG}, or
 *     the service account of the pod we run in)
 * @param qps requests a second that we allow ourselves in the long run
 * @param burst requests at once, before that limit bites
 */
public record KubernetesSettings(Optional<Path> kubeconfig, int qps, int burst) {
  public KubernetesSettings {
    Objects.requireNonNull(kubeconfig, "kubeconfig");
  }
}
