package ee.interlink.kubernetes.resolve;

import ee.interlink.batch.Volume;
import ee.interlink.offload.pod.KeyFiles;
import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that tell a pod of itself.
 *
 * <p>See "Downward API" in the documentation of Kubernetes.
 */
final class DownwardFiles {
  private final FieldValues fields;
  private final ResourceValues resources;

  DownwardFiles(FieldValues fields, ResourceValues resources) {
    this.fields = fields;
    this.resources = resources;
  }

  /**
   * @param defaultMode of files that state none; null for Kubernetes' own
   * @param at the path of what has the items
   */
  List<Volume.File> of(List<DownwardAPIVolumeFile> items, Integer defaultMode, String at)
      throws RefusedPodException {
    List<Volume.File> files = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      DownwardAPIVolumeFile item = items.get(i);
      byte[] content = value(item, at + ".items[" + i + "]").getBytes(StandardCharsets.UTF_8);
      files.add(
          new Volume.File(item.getPath(), content, KeyFiles.mode(item.getMode(), defaultMode)));
    }
    return files;
  }

  private String value(DownwardAPIVolumeFile item, String at) throws RefusedPodException {
    if (item.getFieldRef() != null) {
      return fields.forFile(item.getFieldRef(), at + ".fieldRef");
    }
    if (item.getResourceFieldRef() != null) {
      return resources.of(item.getResourceFieldRef(), at + ".resourceFieldRef");
    }
    return "";
  }
}
