package ee.interlink.configuration;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * All of {@code interlink.*}, read and checked once at the start.
 *
 * @param backends by name, in order of name; at least one
 * @param defaultBackend where pods go that name none; empty if there are several and none is said
 * @param accountsByNamespace {@code interlink.accounts.<namespace>}
 * @param nodes of the Kubernetes cluster, by name; may be empty
 * @param kubernetes how to reach the cluster
 * @param stateDirectory where this server keeps files of its own
 */
public record Configuration(
    Map<BackendName, Backend> backends,
    Optional<BackendName> defaultBackend,
    Map<String, AccountName> accountsByNamespace,
    Map<NodeName, Node> nodes,
    KubernetesSettings kubernetes,
    Path stateDirectory) {
  public Configuration {
    accountsByNamespace = Map.copyOf(accountsByNamespace);
  }

  /** An installation without a cluster. */
  public Configuration(
      Map<BackendName, Backend> backends,
      Optional<BackendName> defaultBackend,
      Map<String, AccountName> accountsByNamespace,
      Path stateDirectory) {
    this(
        backends,
        defaultBackend,
        accountsByNamespace,
        Map.of(),
        new KubernetesSettings(Optional.empty(), 1, 1),
        stateDirectory);
  }
}
