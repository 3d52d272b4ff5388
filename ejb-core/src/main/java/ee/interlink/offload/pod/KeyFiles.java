package ee.interlink.offload.pod;

import ee.interlink.batch.Volume;
import io.fabric8.kubernetes.api.model.KeyToPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Which keys of a ConfigMap or Secret a volume shows, and as which files. */
public final class KeyFiles {
  private static final int DEFAULT_MODE = 0644;

  private KeyFiles() {}

  /**
   * @param keys the bytes of each key
   * @param items the keys that are shown, and how; all if empty
   * @param defaultMode of files that state none; null for Kubernetes' own
   * @param missing told each of the items' keys that is not there
   * @throws IllegalArgumentException if a path or a mode is not one
   */
  public static List<Volume.File> of(
      Map<String, byte[]> keys,
      List<KeyToPath> items,
      Integer defaultMode,
      Consumer<String> missing) {
    List<Volume.File> files = new ArrayList<>();
    if (items.isEmpty()) {
      keys.forEach((key, bytes) -> files.add(new Volume.File(key, bytes, mode(null, defaultMode))));
    }
    for (KeyToPath item : items) {
      byte[] bytes = keys.get(item.getKey());
      if (bytes == null) {
        missing.accept(item.getKey());
      } else {
        files.add(new Volume.File(item.getPath(), bytes, mode(item.getMode(), defaultMode)));
      }
    }
    return files;
  }

  /**
   * The permissions of a file.
   *
   * @param own the file's, null if it states none
   * @param usual the volume's, null for Kubernetes' own
   */
  public static int mode(Integer own, Integer usual) {
    if (own != null) {
      return own;
    }
    return usual == null ? DEFAULT_MODE : usual;
  }
}
