package ee.interlink.web.wire;

import ee.interlink.offload.pod.KeyFiles;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeSource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The permissions of a volume's files.
 *
 * @param usual of all others; null for Kubernetes' default
 * @param byPath of those that have their own
 */
record FileModes(Integer usual, Map<String, Integer> byPath) {
  int of(String path) {
    return KeyFiles.mode(byPath.get(path), usual);
  }

  static FileModes of(DownwardAPIVolumeSource source) {
    Map<String, Integer> modes = new HashMap<>();
    addFiles(source.getItems(), modes);
    return new FileModes(source.getDefaultMode(), modes);
  }

  static FileModes of(ProjectedVolumeSource source) {
    Map<String, Integer> modes = new HashMap<>();
    for (VolumeProjection part : source.getSources()) {
      if (part.getConfigMap() != null) {
        addItems(part.getConfigMap().getItems(), modes);
      }
      if (part.getSecret() != null) {
        addItems(part.getSecret().getItems(), modes);
      }
      if (part.getDownwardAPI() != null) {
        addFiles(part.getDownwardAPI().getItems(), modes);
      }
    }
    return new FileModes(source.getDefaultMode(), modes);
  }

  private static void addItems(List<KeyToPath> items, Map<String, Integer> modes) {
    items.stream()
        .filter(item -> item.getMode() != null)
        .forEach(item -> modes.put(item.getPath(), item.getMode()));
  }

  private static void addFiles(List<DownwardAPIVolumeFile> files, Map<String, Integer> modes) {
    files.stream()
        .filter(file -> file.getMode() != null)
        .forEach(file -> modes.put(file.getPath(), file.getMode()));
  }
}
