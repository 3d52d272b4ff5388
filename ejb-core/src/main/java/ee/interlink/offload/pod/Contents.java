package ee.interlink.offload.pod;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of a ConfigMap or Secret by their keys. */
public final class Contents {
  private Contents() {}

  /**
   * @throws RefusedPodException if it has no name, or is not base64
   */
  public static Map<String, byte[]> of(ConfigMap map) throws RefusedPodException {
    check(map);
    Map<String, byte[]> contents = decoded(map.getBinaryData(), map);
    contents.putAll(texts(map));
    return contents;
  }

  /** Only what a ConfigMap keeps as text, in UTF-8. */
  public static Map<String, byte[]> texts(ConfigMap map) {
    return encoded(map.getData());
  }

  /**
   * @throws RefusedPodException if it has no name, or is not base64
   */
  public static Map<String, byte[]> of(Secret secret) throws RefusedPodException {
    check(secret);
    Map<String, byte[]> contents = decoded(secret.getData(), secret);
    contents.putAll(encoded(secret.getStringData()));
    return contents;
  }

  private static void check(HasMetadata object) throws RefusedPodException {
    if (object.getMetadata() == null || object.getMetadata().getName() == null) {
      throw new RefusedPodException(
          List.of(new FieldFault(object.getKind() + ".metadata.name", "is missing")));
    }
  }

  private static Map<String, byte[]> encoded(Map<String, String> texts) {
    Map<String, byte[]> contents = new TreeMap<>();
    if (texts != null) {
      texts.forEach((key, text) -> contents.put(key, text.getBytes(StandardCharsets.UTF_8)));
    }
    return contents;
  }

  private static Map<String, byte[]> decoded(Map<String, String> texts, HasMetadata of)
      throws RefusedPodException {
    Map<String, byte[]> contents = new TreeMap<>();
    try {
      if (texts != null) {
        texts.forEach((key, text) -> contents.put(key, Base64.getDecoder().decode(text)));
      }
      return contents;
    } catch (IllegalArgumentException e) {
      // Its message has a part of the content, which may be secret.
      throw new RefusedPodException(
          List.of(
              new FieldFault(of.getKind() + " " + of.getMetadata().getName(), "is not base64")));
    }
  }
}
