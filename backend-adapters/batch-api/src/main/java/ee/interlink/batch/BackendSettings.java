package ee.interlink.batch;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What configuration says of one backend.
 *
 * @param name the {@code <name>} of {@code interlink.backends.<name>.*}
 * @param driver the value of its key {@code driver}
 * @param values the keys left to the driver, without the prefix, in order of key; a value may name
 *     a file that holds a secret, none is a secret itself
 */
public record BackendSettings(BackendName name, String driver, Map<String, String> values) {
  public BackendSettings {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(driver, "driver");
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** The full key of a setting, for messages. */
  public String key(String setting) {
    return "interlink.backends." + name + "." + setting;
  }
}
