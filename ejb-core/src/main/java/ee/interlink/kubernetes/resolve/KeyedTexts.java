package ee.interlink.kubernetes.resolve;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A ConfigMap or Secret that a container's variables refer to.
 *
 * @param shown kind, namespace and name, for messages
 * @param container the container's name
 * @param keys what it has; nothing if it is not there and need not be
 * @param optional whether a key may be missing
 */
record KeyedTexts(String shown, String container, Map<String, byte[]> keys, boolean optional) {

  Optional<String> of(String key) throws UnresolvedPodException {
    byte[] value = keys.get(key);
    if (value != null) {
      return Optional.of(text(key, value));
    }
    if (optional) {
      return Optional.empty();
    }
    throw UnresolvedPodException.ofContainer(
        container, "couldn't find key " + key + " in " + shown);
  }

  /** All that can be variables, by their names. */
  Map<String, String> all(String prefix) throws UnresolvedPodException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (var key : keys.entrySet()) {
      String variable = prefix + key.getKey();
      if (canBeNamed(variable)) {
        variables.put(variable, text(key.getKey(), key.getValue()));
      }
    }
    return variables;
  }

  /** Printable ASCII without an equals sign, as Kubernetes has it. */
  private static boolean canBeNamed(String variable) {
    return !variable.isEmpty() && variable.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '=');
  }

  private String text(String key, byte[] value) throws UnresolvedPodException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Told below, as a NUL is.
    }
    throw UnresolvedPodException.ofContainer(
        container,
        "key " + key + " in " + shown + " is not text, so no variable can have it as its value");
  }

  @Override
  public String toString() {
    return shown;
  }
}
