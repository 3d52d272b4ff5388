package ee.interlink.site.jobs;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Takes settings one by one; what nobody took is unknown. */
public final class SettingReader {
  private final BackendSettings backend;
  private final Map<String, String> left;

  public SettingReader(BackendSettings backend) {
    this.backend = backend;
    this.left = new TreeMap<>(backend.values());
  }

  BackendName backend() {
    return backend.name();
  }

  /** The full key of a setting, for messages. */
  String key(String setting) {
    return backend.key(setting);
  }

  /** The value as it is, if there is one. */
  public Optional<String> text(String key, Pattern form) throws InvalidSettingException {
    String value = left.remove(key);
    if (value != null && !form.matcher(value).matches()) {
      throw wrong(key, "does not have the form " + form);
    }
    return Optional.ofNullable(value);
  }

  /** All whose keys begin so, by the rest of their keys. */
  Map<String, String> below(String prefix) {
    Map<String, String> below = new TreeMap<>();
    left.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            below.put(key.substring(prefix.length()), value);
          }
        });
    below.keySet().forEach(rest -> left.remove(prefix + rest));
    return below;
  }

  /** A file that can be read. */
  public Optional<Path> file(String key) throws InvalidSettingException {
    String value = left.remove(key);
    if (value == null) {
      return Optional.empty();
    }
    Path file = Path.of(value);
    if (!file.isAbsolute() || !Files.isReadable(file)) {
      throw wrong(key, "is not the absolute path of a file that can be read");
    }
    return Optional.of(file);
  }

  /** A whole number between two others, or one of them. */
  public OptionalInt number(String key, int least, int most) throws InvalidSettingException {
    String value = left.remove(key);
    if (value == null) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      throw wrong(key, "is not a number");
    }
    throw wrong(key, "is not between " + least + " and " + most);
  }

  /** A duration longer than zero. */
  public Duration duration(String key, Duration usual) throws InvalidSettingException {
    return duration(key).orElse(usual);
  }

  /** A duration longer than zero. */
  public Optional<Duration> duration(String key) throws InvalidSettingException {
    String value = left.remove(key);
    if (value == null) {
      return Optional.empty();
    }
    try {
      Duration duration = Duration.parse(value);
      if (!duration.isZero() && !duration.isNegative()) {
        return Optional.of(duration);
      }
    } catch (DateTimeParseException e) {
      throw wrong(key, "is not an ISO-8601 duration as PT20S");
    }
    throw wrong(key, "is not longer than zero");
  }

  /** Says that all settings have been taken: one that is left is none of this driver. */
  public void end() throws InvalidSettingException {
    if (!left.isEmpty()) {
      throw wrong(
          left.keySet().iterator().next(), "is not a setting of the driver " + backend.driver());
    }
  }

  /** What is wrong with a setting, for whoever has taken it. */
  public InvalidSettingException wrong(String key, String fault) {
    return new InvalidSettingException(backend.key(key), fault);
  }
}
