package ee.interlink.kubernetes.resolve;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster as one pod sees it while it is resolved: each object is read once, so that all parts
 * of the pod see the same.
 */
final class PodObjects {
  private final ClusterObjects cluster;
  private final String namespace;
  private final Map<String, Optional<ConfigMap>> configMaps = new HashMap<>();
  private final Map<String, Optional<Secret>> secrets = new HashMap<>();
  private final Map<String, List<Service>> services = new HashMap<>();

  PodObjects(ClusterObjects cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  String namespace() {
    return namespace;
  }

  Optional<ConfigMap> configMap(String name) throws ClusterUnavailableException {
    return once(configMaps, name, () -> cluster.configMap(namespace, name));
  }

  Optional<Secret> secret(String name) throws ClusterUnavailableException {
    return once(secrets, name, () -> cluster.secret(namespace, name));
  }

  List<Service> services(String of) throws ClusterUnavailableException {
    List<Service> known = services.get(of);
    if (known == null) {
      known = List.copyOf(cluster.services(of));
      services.put(of, known);
    }
    return known;
  }

  private static <T> Optional<T> once(
      Map<String, Optional<T>> known, String name, Read<Optional<T>> read)
      throws ClusterUnavailableException {
    if (name == null || name.isEmpty()) {
      // The API server takes such a reference; nothing can have that name.
      return Optional.empty();
    }
    Optional<T> object = known.get(name);
    if (object == null) {
      object = read.read();
      known.put(name, object);
    }
    return object;
  }

  private interface Read<T> {
    T read() throws ClusterUnavailableException;
  }
}
