package ee.interlink.configuration;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where the journal is kept.
 *
 * @param url a JDBC URL of H2 or PostgreSQL
 * @param user may be empty
 * @param password may be empty; never printed
 */
public record DatabaseSettings(String url, String user, String password) {
  static final String URL = "interlink.database.url";
  static final String USER = "interlink.database.user";
  static final String PASSWORD = "interlink.database.password";
  static final String DEFAULT_STATE_DIRECTORY = ".interlink-ee";

  /**
   * WRITE_DELAY=0, since H2 otherwise answers a commit up to half a second before it reaches the
   * file, and a killed process would forget intents whose jobs exist.
   */
  private static final String H2_OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

  /** Reads the keys {@code interlink.database.*}; without them, H2 in the state directory. */
  public static DatabaseSettings from(Config config) {
    Optional<String> url = config.getOptionalValue(URL, String.class);
    String directory =
        config
            .getOptionalValue(ConfigurationReader.STATE_DIRECTORY, String.class)
            .orElse(DEFAULT_STATE_DIRECTORY);
    return new DatabaseSettings(
        url.orElseGet(() -> "jdbc:h2:file:" + absolute(directory) + "/journal" + H2_OPTIONS),
        config.getOptionalValue(USER, String.class).orElse(url.isPresent() ? "" : "sa"),
        config.getOptionalValue(PASSWORD, String.class).orElse(""));
  }

  private static String absolute(String directory) {
    return Path.of(directory).toAbsolutePath().toString();
  }

  @Override
  public String toString() {
    return url;
  }
}
