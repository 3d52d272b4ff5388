package ee.interlink.configuration;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The properties file named by the environment variable {@code INTERLINK_CONFIG}. Below system
 * properties and environment variables, above what an archive carries.
 */
public final class FileConfigSource implements ConfigSource {
  static final String VARIABLE = "INTERLINK_CONFIG";
  private static final int ORDINAL = 200;

  private final String name;
  private final Map<String, String> properties;

  /** Called by the service loader of MicroProfile Config. */
  public FileConfigSource() {
    this(System.getenv(VARIABLE));
  }

  FileConfigSource(String file) {
    name = VARIABLE + "=" + file;
    properties = file == null || file.isBlank() ? Map.of() : read(Path.of(file));
  }

  private static Map<String, String> read(Path file) {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(VARIABLE + " names a file that cannot be read: " + file, e);
    }
    return read.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(key -> key, key -> read.getProperty(key).strip()));
  }

  @Override
  public Map<String, String> getProperties() {
    return properties;
  }

  @Override
  public Set<String> getPropertyNames() {
    return properties.keySet();
  }

  @Override
  public String getValue(String key) {
    return properties.get(key);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }
}
