package ee.interlink.kubernetes.resolve;

import io.fabric8.kubernetes.api.model.*;
import java.util.*;

public interface ClusterObjects {
  Optional<ConfigMap> configMap(String namespace, String name) throws ClusterUnavailableException;

  Optional<Secret> secret(String namespace, String name) throws ClusterUnavailableException;

  List<Service> services(String namespace) throws ClusterUnavailableException;

  String token(Pod pod, Optional<String> audience, long expirationSeconds)
      throws ClusterUnavailableException, UnresolvedPodException;
}
