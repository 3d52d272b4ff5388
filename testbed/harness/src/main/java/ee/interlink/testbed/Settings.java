package ee.interlink.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What an {@code up.sh} has written for tests: lines of {@code KEY=VALUE}. */
final class Settings {
  private final Path file;
  private final Map<String, String> values = new HashMap<>();

  private Settings(Path file) {
    this.file = file;
  }

  /**
   * @param remedy what to do if there is no such file
   */
  static Settings of(Path file, String remedy) {
    Settings settings = new Settings(file);
    try {
      for (String line : Files.readAllLines(file)) {
        int sign = line.indexOf('=');
        if (sign > 0 && !line.startsWith("#")) {
          settings.values.put(line.substring(0, sign), line.substring(sign + 1).replace("\"", ""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(remedy, e);
    }
    return settings;
  }

  String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(file + " has no " + name);
    }
    return value;
  }
}
