package ee.interlink.kubernetes.pods;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/**
 * ClusterTrustBundles in whatever version the API server has them: {@code v1} or, before Kubernetes
 * 1.37, {@code v1beta1}, which look the same. One that has neither has none of them.
 */
final class TrustBundles {
  private static final List<String> VERSIONS = List.of("v1", "v1beta1");

  private final KubernetesClient client;

  TrustBundles(KubernetesClient client) {
    this.client = client;
  }

  Optional<String> named(String name) {
    for (String version : VERSIONS) {
      GenericKubernetesResource bundle = in(version).withName(name).get();
      if (bundle != null) {
        return Optional.of(bundle.get("spec", "trustBundle"));
      }
    }
    return Optional.empty();
  }

  List<String> ofSigner(String signer, LabelSelector labels) {
    for (String version : VERSIONS) {
      try {
        return in(version).withLabelSelector(labels).list().getItems().stream()
            .filter(bundle -> signer.equals(bundle.get("spec", "signerName")))
            .map(bundle -> bundle.<String>get("spec", "trustBundle"))
            .toList();
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
          throw e;
        }
      }
    }
    return List.of();
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      in(String version) {
    return client.genericKubernetesResources(
        new ResourceDefinitionContext.Builder()
            .withGroup("certificates.k8s.io")
            .withVersion(version)
            .withKind("ClusterTrustBundle")
            .withPlural("clustertrustbundles")
            .withNamespaced(false)
            .build());
  }
}
