package ee.interlink.kubernetes.pods;

import ee.interlink.kubernetes.resolve.ClusterObjects;
import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What pods name, as far as there is anything: Secrets. */
final class FakeReads extends ClusterReads {
  private final Map<String, Secret> secrets = new HashMap<>();
  boolean away;

  /** A Secret whose key {@code k} has this value, in base64. */
  void secret(String name, String base64) {
    secrets.put(
        name,
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .addToData("k", base64)
            .build());
  }

  @Override
  ClusterObjects asOf(Instant time) {
    return new ClusterObjects() {
      @Override
      public Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.empty();
      }

      @Override
      public Optional<Secret> secret(String namespace, String name) {
        return Optional.ofNullable(secrets.get(name));
      }

      @Override
      public List<Service> services(String namespace) throws ClusterUnavailableException {
        if (away) {
          throw new ClusterUnavailableException("no answer", null);
        }
        return List.of();
      }

      @Override
      public String token(Pod pod, Optional<String> audience, long expirationSeconds) {
        return "t0ken";
      }

      @Override
      public Optional<String> trustBundle(String name) {
        return Optional.empty();
      }

      @Override
      public List<String> trustBundles(String signerName, LabelSelector labels) {
        return List.of();
      }
    };
  }
}
