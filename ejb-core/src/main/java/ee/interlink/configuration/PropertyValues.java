package ee.interlink.configuration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * The keys below {@code interlink.} that are set, the same on every server. An environment variable
 * overrules a key everywhere, but servers differ in what they list: WildFly lists {@code
 * interlink.config} for {@code INTERLINK_CONFIG}, Payara only the variable itself. So a key whose
 * whole name is known is asked for, listed or not; and an unknown one that is but another name of a
 * variable is left out and not refused. Kubernetes sets such variables too: {@code INTERLINK_PORT},
 * for a Service named interlink.
 */
final class PropertyValues {
  private final Config config;
  private final Set<String> variables;

  /**
   * @param variables names of the environment variables
   */
  PropertyValues(Config config, Set<String> variables) {
    this.config = config;
    this.variables =
        variables.stream().map(PropertyValues::spelling).collect(Collectors.toUnmodifiableSet());
  }

  Map<String, String> read() {
    Map<String, String> values = new HashMap<>();
    for (String key : keys()) {
      config.getOptionalValue(key, String.class).ifPresent(value -> values.put(key, value));
    }
    return values;
  }

  private Set<String> keys() {
    Set<String> keys = new HashSet<>(ConfigurationReader.SINGLE_KEYS);
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(ConfigurationReader.PREFIX)
          && (ConfigurationReader.knows(name) || !variables.contains(spelling(name)))) {
        keys.add(name);
      }
    }
    return keys;
  }

  /** Letters and digits alone: what stands between them is lost in a variable's name. */
  private static String spelling(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
  }
}
