package ee.interlink.kubernetes.resolve;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster in memory that remembers what it was asked. */
final class FakeCluster implements ClusterObjects {
  final List<String> asked = new ArrayList<>();
  String tokenRefusal;
  private final Map<String, ConfigMap> configMaps = new HashMap<>();
  private final Map<String, Secret> secrets = new HashMap<>();
  private final Map<String, PersistentVolumeClaim> claims = new HashMap<>();
  private final Map<String, PersistentVolume> volumes = new HashMap<>();
  private final List<Service> services = new ArrayList<>();
  private final Map<String, String> trustBundles = new HashMap<>();

  FakeCluster add(PersistentVolumeClaim claim) {
    claims.put(claim.getMetadata().getNamespace() + "/" + claim.getMetadata().getName(), claim);
    return this;
  }

  FakeCluster add(PersistentVolume volume) {
    volumes.put(volume.getMetadata().getName(), volume);
    return this;
  }

  FakeCluster configMap(String name, Map<String, String> data) {
    return add(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("ns")
            .withName(name)
            .endMetadata()
            .withData(data)
            .build());
  }

  FakeCluster add(ConfigMap map) {
    configMaps.put(map.getMetadata().getNamespace() + "/" + map.getMetadata().getName(), map);
    return this;
  }

  FakeCluster secret(String name, Map<String, String> texts) {
    Map<String, byte[]> bytes = new HashMap<>();
    texts.forEach((key, text) -> bytes.put(key, text.getBytes(StandardCharsets.UTF_8)));
    return secretOfBytes(name, bytes);
  }

  FakeCluster secretOfBytes(String name, Map<String, byte[]> bytes) {
    Map<String, String> data = new HashMap<>();
    bytes.forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
    secrets.put(
        "ns/" + name,
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("ns")
            .withName(name)
            .endMetadata()
            .withData(data)
            .build());
    return this;
  }

  FakeCluster service(String namespace, String name, String clusterIp, ServicePort... ports) {
    services.add(
        new ServiceBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withClusterIP(clusterIp)
            .withPorts(ports)
            .endSpec()
            .build());
    return this;
  }

  FakeCluster trustBundle(String name, String pem) {
    trustBundles.put(name, pem);
    return this;
  }

  @Override
  public Optional<ConfigMap> configMap(String namespace, String name) {
    asked.add("configmap " + namespace + "/" + name);
    return Optional.ofNullable(configMaps.get(namespace + "/" + name));
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    asked.add("secret " + namespace + "/" + name);
    return Optional.ofNullable(secrets.get(namespace + "/" + name));
  }

  @Override
  public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
    asked.add("claim " + namespace + "/" + name);
    return Optional.ofNullable(claims.get(namespace + "/" + name));
  }

  @Override
  public Optional<PersistentVolume> persistentVolume(String name) {
    return Optional.ofNullable(volumes.get(name));
  }

  @Override
  public List<Service> services(String namespace) {
    asked.add("services " + namespace);
    return services.stream()
        .filter(service -> service.getMetadata().getNamespace().equals(namespace))
        .toList();
  }

  @Override
  public ServiceToken token(Pod pod, Optional<String> audience, long expirationSeconds)
      throws UnresolvedPodException {
    asked.add("token " + audience.orElse("-") + " " + expirationSeconds);
    if (tokenRefusal != null) {
      throw UnresolvedPodException.ofVolume(tokenRefusal);
    }
    return new ServiceToken("t0ken", Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Override
  public Optional<String> trustBundle(String name) {
    return Optional.ofNullable(trustBundles.get(name));
  }

  @Override
  public List<String> trustBundles(String signerName, LabelSelector labels) {
    asked.add("trust bundles " + signerName);
    return trustBundles.entrySet().stream()
        .filter(bundle -> bundle.getKey().startsWith(signerName + ":"))
        .map(Map.Entry::getValue)
        .sorted()
        .toList();
  }
}
