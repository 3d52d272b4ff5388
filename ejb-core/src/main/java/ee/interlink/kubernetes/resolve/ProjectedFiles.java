package ee.interlink.kubernetes.resolve;

import ee.interlink.batch.Volume;
import ee.interlink.offload.pod.KeyFiles;
import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Files of several sources in one volume.
 *
 * <p>See "Projected Volumes" in the documentation of Kubernetes.
 */
final class ProjectedFiles {
  /** Kubernetes' default of {@code expirationSeconds}. */
  private static final long HOUR = 3600;

  private final Pod pod;
  private final ObjectFiles keys;
  private final DownwardFiles downward;
  private final ClusterObjects cluster;

  ProjectedFiles(Pod pod, ObjectFiles keys, DownwardFiles downward, ClusterObjects cluster) {
    this.pod = pod;
    this.keys = keys;
    this.downward = downward;
    this.cluster = cluster;
  }

  /** Whether there is any source whose content nobody else may see. */
  static boolean secret(ProjectedVolumeSource volume) {
    return volume.getSources().stream()
        .anyMatch(part -> part.getSecret() != null || part.getServiceAccountToken() != null);
  }

  List<Volume.File> of(ProjectedVolumeSource volume, String at)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    List<Volume.File> files = new ArrayList<>();
    for (int i = 0; i < volume.getSources().size(); i++) {
      String path = at + ".sources[" + i + "]";
      files.addAll(part(volume.getSources().get(i), volume.getDefaultMode(), path));
    }
    return files;
  }

  private List<Volume.File> part(VolumeProjection part, Integer mode, String at)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    if (part.getConfigMap() != null) {
      var map = part.getConfigMap();
      return keys.configMap(map.getName(), map.getItems(), mode, map.getOptional());
    }
    if (part.getSecret() != null) {
      var secret = part.getSecret();
      return keys.secret(secret.getName(), secret.getItems(), mode, secret.getOptional());
    }
    if (part.getDownwardAPI() != null) {
      return downward.of(part.getDownwardAPI().getItems(), mode, at + ".downwardAPI");
    }
    if (part.getServiceAccountToken() != null) {
      var token = part.getServiceAccountToken();
      return List.of(file(token.getPath(), token(token), mode));
    }
    if (part.getClusterTrustBundle() != null) {
      var bundle = part.getClusterTrustBundle();
      return List.of(file(bundle.getPath(), TrustAnchors.of(bundle, cluster), mode));
    }
    throw Refusal.of(
        part.getPodCertificate() == null ? at : at + ".podCertificate", "is not supported");
  }

  private static Volume.File file(String path, String content, Integer mode) {
    return new Volume.File(
        path, content.getBytes(StandardCharsets.UTF_8), KeyFiles.mode(null, mode));
  }

  private String token(ServiceAccountTokenProjection asked)
      throws UnresolvedPodException, ClusterUnavailableException {
    try {
      Optional<String> audience =
          Optional.ofNullable(asked.getAudience()).filter(name -> !name.isEmpty());
      long seconds = Objects.requireNonNullElse(asked.getExpirationSeconds(), HOUR);
      return cluster.token(pod, audience, seconds).text();
    } catch (UnresolvedPodException e) {
      throw UnresolvedPodException.ofVolume("failed to fetch token: " + e.getMessage());
    }
  }
}
