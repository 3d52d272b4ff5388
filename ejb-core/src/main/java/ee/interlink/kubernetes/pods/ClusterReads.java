package ee.interlink.kubernetes.pods;

import ee.interlink.kubernetes.Cluster;
import ee.interlink.kubernetes.resolve.ClusterObjects;
import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import ee.interlink.kubernetes.resolve.ServiceToken;
import ee.interlink.kubernetes.resolve.UnresolvedPodException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads from the cluster what pods name, and nothing else. */
@ApplicationScoped
public class ClusterReads {
  private static final String DEFAULT_ACCOUNT = "default";

  @Inject Cluster cluster;
  Clock clock = Clock.systemUTC();
  private final FreshReads reads = new FreshReads();

  /** The cluster as it was at that time or later. */
  ClusterObjects asOf(Instant time) {
    return new AsOf(time);
  }

  /** Forgets what nobody can want any more. */
  void sweep() {
    reads.forget(clock.instant());
  }

  private final class AsOf implements ClusterObjects {
    private final Instant time;

    AsOf(Instant time) {
      this.time = time;
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name)
        throws ClusterUnavailableException {
      return one(
          ConfigMap.class,
          namespace,
          name,
          () -> cluster.client().configMaps().inNamespace(namespace).withName(name).get());
    }

    @Override
    public Optional<Secret> secret(String namespace, String name)
        throws ClusterUnavailableException {
      return one(
          Secret.class,
          namespace,
          name,
          () -> cluster.client().secrets().inNamespace(namespace).withName(name).get());
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(String namespace, String name)
        throws ClusterUnavailableException {
      return one(
          PersistentVolumeClaim.class,
          namespace,
          name,
          () ->
              cluster
                  .client()
                  .persistentVolumeClaims()
                  .inNamespace(namespace)
                  .withName(name)
                  .get());
    }

    @Override
    public Optional<PersistentVolume> persistentVolume(String name)
        throws ClusterUnavailableException {
      return one(
          PersistentVolume.class,
          "",
          name,
          () -> cluster.client().persistentVolumes().withName(name).get());
    }

    @Override
    public List<Service> services(String namespace) throws ClusterUnavailableException {
      return reads.get(
          "services/" + namespace,
          time,
          clock,
          () -> asked(() -> cluster.client().services().inNamespace(namespace).list().getItems()));
    }

    private <T extends HasMetadata> Optional<T> one(
        Class<T> type, String namespace, String name, Question<T> question)
        throws ClusterUnavailableException {
      return reads.get(
          type.getSimpleName() + "/" + namespace + "/" + name,
          time,
          clock,
          () -> Optional.ofNullable(asked(question)));
    }

    @Override
    public Optional<String> trustBundle(String name) throws ClusterUnavailableException {
      return reads.get(
          "bundle/" + name,
          time,
          clock,
          () -> asked(() -> new TrustBundles(cluster.client()).named(name)));
    }

    @Override
    public List<String> trustBundles(String signerName, LabelSelector labels)
        throws ClusterUnavailableException {
      return asked(() -> new TrustBundles(cluster.client()).ofSigner(signerName, labels));
    }

    @Override
    public ServiceToken token(Pod pod, Optional<String> audience, long expirationSeconds)
        throws ClusterUnavailableException, UnresolvedPodException {
      return ClusterReads.this.token(pod, audience, expirationSeconds);
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask();
  }

  private static <T> T asked(Question<T> question) throws ClusterUnavailableException {
    try {
      return question.ask();
    } catch (KubernetesClientException e) {
      throw new ClusterUnavailableException("the API server did not tell: " + e.getMessage(), e);
    }
  }

  /** Bound to the pod, so that it is worth nothing once the pod is gone. */
  private ServiceToken token(Pod pod, Optional<String> audience, long expirationSeconds)
      throws ClusterUnavailableException, UnresolvedPodException {
    TokenRequest wish =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(audience.map(List::of).orElse(List.of()))
            .withExpirationSeconds(expirationSeconds)
            .withNewBoundObjectRef(
                "v1", "Pod", pod.getMetadata().getName(), pod.getMetadata().getUid())
            .endSpec()
            .build();
    String account =
        Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse(DEFAULT_ACCOUNT);
    try {
      TokenRequestStatus given =
          cluster
              .client()
              .serviceAccounts()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(account)
              .tokenRequest(wish)
              .getStatus();
      return new ServiceToken(given.getToken(), Instant.parse(given.getExpirationTimestamp()));
    } catch (KubernetesClientException e) {
      if (isRefusal(e.getCode())) {
        throw UnresolvedPodException.ofVolume(
            "token of service account " + account + ": " + e.getMessage());
      }
      throw new ClusterUnavailableException("no token: " + e.getMessage(), e);
    }
  }

  private static boolean isRefusal(int code) {
    return code == HttpURLConnection.HTTP_NOT_FOUND
        || code == HttpURLConnection.HTTP_FORBIDDEN
        || code == 422;
  }
}
