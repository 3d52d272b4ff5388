package ee.interlink.kubernetes.resolve;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Optional;

/** What the cluster is asked for on behalf of one pod. Names are never empty. */
public interface ClusterObjects {
  Optional<ConfigMap> configMap(String namespace, String name) throws ClusterUnavailableException;

  Optional<Secret> secret(String namespace, String name) throws ClusterUnavailableException;

  Optional<PersistentVolumeClaim> claim(String namespace, String name)
      throws ClusterUnavailableException;

  Optional<PersistentVolume> persistentVolume(String name) throws ClusterUnavailableException;

  /** All services of a namespace, for the variables that name them. */
  List<Service> services(String namespace) throws ClusterUnavailableException;

  /**
   * A token of the pod's service account, bound to the pod, by TokenRequest.
   *
   * @param audience for whom it is; empty for the API server
   * @param expirationSeconds not to live longer than this; at least 600
   * @throws UnresolvedPodException made by {@link UnresolvedPodException#ofVolume} from the API
   *     server's own words, if it refuses or there is no such service account
   */
  ServiceToken token(Pod pod, Optional<String> audience, long expirationSeconds)
      throws ClusterUnavailableException, UnresolvedPodException;

  /** The certificates, as PEM, of the ClusterTrustBundle of that name. */
  Optional<String> trustBundle(String name) throws ClusterUnavailableException;

  /**
   * The certificates, as PEM, of each ClusterTrustBundle of a signer.
   *
   * @param labels which of them; a selector that says nothing selects all
   */
  List<String> trustBundles(String signerName, LabelSelector labels)
      throws ClusterUnavailableException;
}
