package ee.interlink.kubernetes.resolve;

import io.fabric8.kubernetes.api.model.ClusterTrustBundleProjection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The certificates of ClusterTrustBundles in one text, each once.
 *
 * <p>See "clusterTrustBundle projected volumes" in the documentation of Kubernetes.
 */
final class TrustAnchors {
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

  private TrustAnchors() {}

  /** Empty if there are none and none are needed. */
  static String of(ClusterTrustBundleProjection asked, ClusterObjects cluster)
      throws UnresolvedPodException, ClusterUnavailableException {
    boolean named = asked.getName() != null && !asked.getName().isEmpty();
    List<String> bundles =
        named ? cluster.trustBundle(asked.getName()).stream().toList() : ofSigner(asked, cluster);
    if (bundles.isEmpty() && !Boolean.TRUE.equals(asked.getOptional())) {
      throw UnresolvedPodException.ofVolume(
          named
              ? "clustertrustbundle \"" + asked.getName() + "\" not found"
              : "combination of signerName and labelSelector matched zero ClusterTrustBundles");
    }
    Set<String> certificates =
        bundles.stream()
            .flatMap(bundle -> CERTIFICATE.matcher(bundle).results())
            .map(found -> found.group() + "\n")
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return String.join("", certificates);
  }

  private static List<String> ofSigner(ClusterTrustBundleProjection asked, ClusterObjects cluster)
      throws ClusterUnavailableException {
    // Without a selector none is meant; with an empty one, all.
    return asked.getSignerName() == null || asked.getLabelSelector() == null
        ? List.of()
        : cluster.trustBundles(asked.getSignerName(), asked.getLabelSelector());
  }
}
