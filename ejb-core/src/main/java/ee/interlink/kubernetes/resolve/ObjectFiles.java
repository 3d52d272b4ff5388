package ee.interlink.kubernetes.resolve;

import ee.interlink.batch.Volume;
import ee.interlink.offload.pod.Contents;
import ee.interlink.offload.pod.KeyFiles;
import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that are keys of a ConfigMap or Secret. */
final class ObjectFiles {
  private final PodObjects objects;

  ObjectFiles(PodObjects objects) {
    this.objects = objects;
  }

  List<Volume.File> configMap(
      String name, List<KeyToPath> items, Integer defaultMode, Boolean optional)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    Optional<ConfigMap> found = objects.configMap(name);
    if (found.isPresent()) {
      String missing = "configmap references non-existent config key: ";
      return files(Contents.of(found.get()), items, defaultMode, optional, missing);
    }
    return nothing(optional, "configmap \"" + name + "\" not found");
  }

  List<Volume.File> secret(
      String name, List<KeyToPath> items, Integer defaultMode, Boolean optional)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    Optional<Secret> found = objects.secret(name);
    if (found.isPresent()) {
      String missing = "references non-existent secret key: ";
      return files(Contents.of(found.get()), items, defaultMode, optional, missing);
    }
    return nothing(optional, "secret \"" + name + "\" not found");
  }

  private static List<Volume.File> files(
      Map<String, byte[]> keys,
      List<KeyToPath> items,
      Integer defaultMode,
      Boolean optional,
      String message)
      throws UnresolvedPodException {
    List<String> missing = new ArrayList<>();
    List<Volume.File> files = KeyFiles.of(keys, items, defaultMode, missing::add);
    if (!missing.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw UnresolvedPodException.ofVolume(message + missing.get(0));
    }
    return files;
  }

  private static List<Volume.File> nothing(Boolean optional, String message)
      throws UnresolvedPodException {
    if (Boolean.TRUE.equals(optional)) {
      return List.of();
    }
    throw UnresolvedPodException.ofVolume(message);
  }
}
