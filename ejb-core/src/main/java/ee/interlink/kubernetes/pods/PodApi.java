package ee.interlink.kubernetes.pods;

import ee.interlink.kubernetes.Cluster;
import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What we ask of the API server about one pod; by its UID, so never of another of its name. */
@ApplicationScoped
public class PodApi {
  private static final String STRATEGIC_MERGE = "application/strategic-merge-patch+json";

  @Inject Cluster cluster;

  /** The pod as it is now; empty if it is gone or another has its name. */
  Optional<Pod> get(BoundPod pod) throws ClusterUnavailableException {
    try {
      return Optional.ofNullable(
              cluster.client().pods().inNamespace(pod.namespace()).withName(pod.name()).get())
          .filter(found -> found.getMetadata().getUid().equals(pod.uid().value()));
    } catch (KubernetesClientException e) {
      throw new ClusterUnavailableException("pod not read: " + e.getMessage(), e);
    }
  }

  /**
   * Writes what is ours of a status, as a kubelet does: a strategic merge patch of {@code
   * pods/status} that the pod's UID guards, so that the conditions of others stay.
   *
   * @return whether the pod was there to be told
   */
  boolean writeStatus(BoundPod pod, PodStatus status, Map<String, String> annotations)
      throws ClusterUnavailableException {
    try {
      patch(path(pod) + "/status", StatusPatch.of(pod.uid(), status, annotations));
      return true;
    } catch (KubernetesClientException e) {
      if (isGone(pod, e)) {
        return false;
      }
      throw new ClusterUnavailableException("status not written: " + e.getMessage(), e);
    }
  }

  /**
   * The client's own way to patch with a text reads the whole object first, and drops it.
   *
   * @param path below the API server's address, which may have a path of its own
   */
  private void patch(String path, String patch) {
    KubernetesClient client = cluster.client();
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(URI.create(client.getMasterUrl().toString().replaceFirst("/$", "") + path))
            .patch(STRATEGIC_MERGE, patch)
            .timeout(client.getConfiguration().getRequestTimeout(), TimeUnit.MILLISECONDS)
            .build();
    try {
      HttpResponse<String> answer = client.getHttpClient().sendAsync(request, String.class).get();
      if (!answer.isSuccessful()) {
        throw new KubernetesClientException(answer.body(), answer.code(), null);
      }
    } catch (ExecutionException e) {
      throw KubernetesClientException.launderThrowable(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KubernetesClientException.launderThrowable(e);
    }
  }

  private static String path(BoundPod pod) {
    return "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name();
  }

  /** Confirms a deletion: only then does the pod object go (grace 0, guarded by the UID). */
  void confirmDeletion(BoundPod pod) throws ClusterUnavailableException {
    try {
      cluster
          .client()
          .raw(
              path(pod),
              "DELETE",
              Map.of(
                  "apiVersion",
                  "v1",
                  "kind",
                  "DeleteOptions",
                  "gracePeriodSeconds",
                  0,
                  "propagationPolicy",
                  DeletionPropagation.BACKGROUND.toString(),
                  "preconditions",
                  Map.of("uid", pod.uid().value())));
    } catch (KubernetesClientException e) {
      if (!isGone(pod, e)) {
        throw new ClusterUnavailableException("deletion not confirmed: " + e.getMessage(), e);
      }
    }
  }

  /** No such pod, or another one of its name; a conflict alone may also be one of many writers. */
  private boolean isGone(BoundPod pod, KubernetesClientException e)
      throws ClusterUnavailableException {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || (e.getCode() == HttpURLConnection.HTTP_CONFLICT && get(pod).isEmpty());
  }
}
