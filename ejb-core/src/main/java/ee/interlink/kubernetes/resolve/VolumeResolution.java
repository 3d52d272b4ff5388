package ee.interlink.kubernetes.resolve;

import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The content of those of a pod's volumes that the cluster fills. */
final class VolumeResolution {
  private final PodSpec spec;
  private final Set<String> mounted;
  private final ObjectFiles keys;
  private final DownwardFiles downward;
  private final ProjectedFiles projected;

  VolumeResolution(Pod pod, PodObjects objects, DownwardFiles downward, ClusterObjects cluster) {
    this.spec = pod.getSpec();
    this.mounted = mounted(spec);
    this.keys = new ObjectFiles(objects);
    this.downward = downward;
    this.projected = new ProjectedFiles(pod, keys, downward, cluster);
  }

  static Set<String> mounted(PodSpec spec) {
    return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
        .flatMap(container -> container.getVolumeMounts().stream())
        .map(VolumeMount::getName)
        .collect(Collectors.toSet());
  }

  List<Volume.Files> files()
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    return files(name -> true);
  }

  List<Volume.Files> files(Predicate<String> wanted)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    List<Volume.Files> filled = new ArrayList<>();
    for (int i = 0; i < spec.getVolumes().size(); i++) {
      var volume = spec.getVolumes().get(i);
      String at = "spec.volumes[" + i + "]";
      if (filledByCluster(volume) && wanted.test(volume.getName())) {
        try {
          filled.add(files(volume, at));
        } catch (UnresolvedPodException e) {
          throw e.inVolume(volume.getName());
        } catch (IllegalArgumentException e) {
          throw Refusal.of(at, "is refused: " + e.getMessage());
        }
      }
    }
    return filled;
  }

  private static boolean filledByCluster(io.fabric8.kubernetes.api.model.Volume volume) {
    return volume.getConfigMap() != null
        || volume.getSecret() != null
        || volume.getDownwardAPI() != null
        || volume.getProjected() != null;
  }

  private Volume.Files files(io.fabric8.kubernetes.api.model.Volume volume, String at)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    FileSet files = new FileSet();
    // What nobody mounts a kubelet does not look up either: the pod need not wait for it.
    if (mounted.contains(volume.getName())) {
      content(volume, at).forEach(files::add);
    }
    boolean secret =
        volume.getSecret() != null
            || (volume.getProjected() != null && ProjectedFiles.secret(volume.getProjected()));
    return new Volume.Files(new VolumeName(volume.getName()), files.files(), secret);
  }

  private List<Volume.File> content(io.fabric8.kubernetes.api.model.Volume volume, String at)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    if (volume.getConfigMap() != null) {
      var map = volume.getConfigMap();
      return keys.configMap(map.getName(), map.getItems(), map.getDefaultMode(), map.getOptional());
    }
    if (volume.getSecret() != null) {
      var secret = volume.getSecret();
      return keys.secret(
          secret.getSecretName(), secret.getItems(), secret.getDefaultMode(), secret.getOptional());
    }
    if (volume.getDownwardAPI() != null) {
      var source = volume.getDownwardAPI();
      return downward.of(source.getItems(), source.getDefaultMode(), at + ".downwardAPI");
    }
    return projected.of(volume.getProjected(), at + ".projected");
  }
}
