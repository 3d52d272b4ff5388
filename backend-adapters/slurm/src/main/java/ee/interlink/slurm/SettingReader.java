package ee.interlink.slurm;

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
final class SettingReader {
  private final BackendSettings backend;
  private final Map<String, String> left;

  SettingReader(BackendSettings backend) {
    this.backend = backend;
    this.left = new TreeMap<>(backend.values());
  }

  Optional<String> text(String key, Pattern form) throws InvalidSettingException {
    String value = left.remove(key);
    if (value != null && !form.matcher(value).matches()) {
      throw wrong(key, "does not have the form " + form);
    }
    return Optional.ofNullable(value);
  }

  Optional<Path> file(String key) throws InvalidSettingException {
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

  OptionalInt number(String key, int least, int most) throws InvalidSettingException {
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

  Duration duration(String key, Duration usual) throws InvalidSettingException {
    String value = left.remove(key);
    if (value == null) {
      return usual;
    }
    try {
      Duration duration = Duration.parse(value);
      if (!duration.isZero() && !duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw wrong(key, "is not an ISO-8601 duration as PT20S");
    }
    throw wrong(key, "is not longer than zero");
  }

  void end() throws InvalidSettingException {
    if (!left.isEmpty()) {
      throw wrong(left.keySet().iterator().next(), "is not a setting of the driver slurm");
    }
  }

  InvalidSettingException wrong(String key, String fault) {
    return new InvalidSettingException(backend.key(key), fault);
  }
}
