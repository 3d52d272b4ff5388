package ee.interlink.kubernetes.pods;

import ee.interlink.kubernetes.resolve.ClusterObjects;
import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import ee.interlink.kubernetes.resolve.ServiceToken;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What pods name, as far as there is anything: Secrets and ConfigMaps. */
final class FakeReads extends ClusterReads {
  private final Map<String, Secret> secrets = new HashMap<>();
  private final Map<String, ConfigMap> configMaps = new HashMap<>();
  final List<String> asked = new ArrayList<>();
  Instant tokensExpire = NodeHouse.NOON.plusSeconds(3600);
  boolean away;
  private int tokens;
  private int versions;

  /** A ConfigMap that has just been written, with this in its key {@code k}. */
  void configMap(String name, String text) {
    configMaps.put(
        name,
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withUid("u")
            .withResourceVersion("" + ++versions)
            .endMetadata()
            .withImmutable(text.equals("immutable"))
            .addToData("k", text)
            .build());
  }

  void noConfigMap(String name) {
    configMaps.remove(name);
  }

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
      public Optional<ConfigMap> configMap(String namespace, String name)
          throws ClusterUnavailableException {
        asked.add(name);
        if (away) {
          throw new ClusterUnavailableException("no answer", null);
        }
        return Optional.ofNullable(configMaps.get(name));
      }

      @Override
      public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return Optional.empty();
      }

      @Override
      public Optional<PersistentVolume> persistentVolume(String name) {
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
      public ServiceToken token(Pod pod, Optional<String> audience, long expirationSeconds) {
        return new ServiceToken("t0ken " + ++tokens, tokensExpire);
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
