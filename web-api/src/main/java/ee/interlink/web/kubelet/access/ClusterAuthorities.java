package ee.interlink.web.kubelet.access;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;

/** The CAs of client certificates as the API server publishes them for its extensions. */
public final class ClusterAuthorities implements ClientAuthorities.Source {
  private static final String NAMESPACE = "kube-system";
  private static final String NAME = "extension-apiserver-authentication";
  private static final String KEY = "client-ca-file";

  private final KubernetesClient client;

  public ClusterAuthorities(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public String pem() throws IOException {
    try {
      ConfigMap published = client.configMaps().inNamespace(NAMESPACE).withName(NAME).get();
      String pem = published == null ? null : published.getData().get(KEY);
      if (pem == null) {
        throw new IOException("ConfigMap " + NAMESPACE + "/" + NAME + " has no " + KEY);
      }
      return pem;
    } catch (KubernetesClientException e) {
      throw new IOException(NAMESPACE + "/" + NAME + ": " + e.getMessage(), e);
    }
  }
}
