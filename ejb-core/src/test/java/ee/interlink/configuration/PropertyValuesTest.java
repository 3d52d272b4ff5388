package ee.interlink.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

class PropertyValuesTest {
  private static final Map<String, String> FILE = Map.of("interlink.backends.site-a.driver", "x");

  @Test
  void a_variables_other_name_is_no_unknown_key() {
    Map<String, String> variables =
        Map.of(
            "INTERLINK_CONFIG", "/etc/interlink.properties",
            "INTERLINK_PORT", "tcp://10.0.0.1:80",
            "INTERLINK_PORT_8080_TCP_ADDR", "10.0.0.1",
            "INTERLINK__ODD__NAME", "y");
    assertThat(read(FILE, variables)).isEqualTo(FILE);
  }

  @Test
  void an_unknown_key_of_the_file_stays_to_be_refused() {
    Map<String, String> file = Map.of("interlink.unknown", "x");
    assertThat(read(file, Map.of("INTERLINK_CONFIG", "x"))).isEqualTo(file);
  }

  @Test
  void a_variable_overrules_the_file() {
    assertThat(read(FILE, Map.of("INTERLINK_BACKENDS_SITE_A_DRIVER", "y")))
        .isEqualTo(Map.of("interlink.backends.site-a.driver", "y"));
  }

  @Test
  void a_key_can_be_given_by_its_variable_alone() {
    Map<String, String> variables = Map.of("INTERLINK_DEFAULT_BACKEND", "site-a");
    Map<String, String> both =
        Map.of(
            "interlink.backends.site-a.driver", "x",
            "interlink.default-backend", "site-a");
    assertThat(read(FILE, variables)).isEqualTo(both);
    ConfigSource unlisted = new UnlistedVariables(variables);
    assertThat(new PropertyValues(config(unlisted, FILE), variables.keySet()).read())
        .isEqualTo(both);
  }

  private static Map<String, String> read(Map<String, String> file, Map<String, String> variables) {
    return new PropertyValues(config(new EnvConfigSource(variables, 300), file), variables.keySet())
        .read();
  }

  private static Config config(ConfigSource environment, Map<String, String> file) {
    return new SmallRyeConfigBuilder()
        .withSources(environment, new PropertiesConfigSource(file, "file", 200))
        .build();
  }

  /** As Payara has the environment: a key's value is found, but the key is not listed. */
  private record UnlistedVariables(Map<String, String> variables) implements ConfigSource {
    @Override
    public Set<String> getPropertyNames() {
      return variables.keySet();
    }

    @Override
    public String getValue(String key) {
      return variables.get(key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
    }

    @Override
    public String getName() {
      return "environment";
    }

    @Override
    public int getOrdinal() {
      return 300;
    }
  }
}
