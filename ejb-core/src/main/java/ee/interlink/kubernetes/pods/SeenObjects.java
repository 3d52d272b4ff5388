package ee.interlink.kubernetes.pods;

import ee.interlink.kubernetes.resolve.ClusterObjects;
import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import ee.interlink.kubernetes.resolve.ObjectKey;
import ee.interlink.kubernetes.resolve.ServiceToken;
import ee.interlink.kubernetes.resolve.UnresolvedPodException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cluster while one pod is resolved; notes which versions were seen, and of what age. */
final class SeenObjects implements ClusterObjects {
  /** The kubelet's: a token is renewed at this part of its life, and at the latest after a day. */
  private static final double RENEWED_AT = 0.8;

  private static final Duration LONGEST = Duration.ofHours(24);

  private final ClusterObjects cluster;
  private final Clock clock;
  private final Map<ObjectKey, String> versions = new HashMap<>();
  private Instant renewal = Instant.MAX;

  SeenObjects(ClusterObjects cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /** The version that was seen of each object. */
  Map<ObjectKey, String> versions() {
    return Map.copyOf(versions);
  }

  /** When the first of the tokens is to be renewed. */
  Instant renewal() {
    return renewal;
  }

  @Override
  public Optional<ConfigMap> configMap(String namespace, String name)
      throws ClusterUnavailableException {
    Optional<ConfigMap> found = cluster.configMap(namespace, name);
    versions.put(
        new ObjectKey(ObjectKey.Kind.CONFIG_MAP, namespace, name),
        ObjectVersion.ofConfigMap(found).text());
    return found;
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) throws ClusterUnavailableException {
    Optional<Secret> found = cluster.secret(namespace, name);
    versions.put(
        new ObjectKey(ObjectKey.Kind.SECRET, namespace, name),
        ObjectVersion.ofSecret(found).text());
    return found;
  }

  @Override
  public ServiceToken token(Pod pod, Optional<String> audience, long expirationSeconds)
      throws ClusterUnavailableException, UnresolvedPodException {
    ServiceToken token = cluster.token(pod, audience, expirationSeconds);
    Instant now = clock.instant();
    long life = Duration.between(now, token.expires()).toMillis();
    Duration good = Duration.ofMillis((long) (RENEWED_AT * life));
    Instant due = now.plus(good.compareTo(LONGEST) < 0 ? good : LONGEST);
    renewal = due.isBefore(renewal) ? due : renewal;
    return token;
  }

  @Override
  public Optional<PersistentVolumeClaim> claim(String namespace, String name)
      throws ClusterUnavailableException {
    return cluster.claim(namespace, name);
  }

  @Override
  public Optional<PersistentVolume> persistentVolume(String name)
      throws ClusterUnavailableException {
    return cluster.persistentVolume(name);
  }

  @Override
  public List<Service> services(String namespace) throws ClusterUnavailableException {
    return cluster.services(namespace);
  }

  @Override
  public Optional<String> trustBundle(String name) throws ClusterUnavailableException {
    return cluster.trustBundle(name);
  }

  @Override
  public List<String> trustBundles(String signerName, LabelSelector labels)
      throws ClusterUnavailableException {
    return cluster.trustBundles(signerName, labels);
  }
}
