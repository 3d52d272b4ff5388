package ee.interlink.site.jobs;

import ee.interlink.batch.InvalidSettingException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which annotations pods may have, by one setting: {@code NAME[=VALUE|VALUE...], ...} or {@code
 * none}. A value may have no comma and no {@code |} there.
 *
 * @param key the whole key of the setting, for messages
 * @param values the values that each may have; an empty list for any
 */
record AllowedAnnotations<A extends Enum<A> & KnownAnnotation>(
    String key, Map<A, List<String>> values) {
  /** The setting that is not there, and the word for it: nobody may have any. */
  static final String NONE = "none";

  static <A extends Enum<A> & KnownAnnotation> AllowedAnnotations<A> read(
      SettingReader reader, String key, String text, AnnotationTable<A> table)
      throws InvalidSettingException {
    Map<A, List<String>> values = new EnumMap<>(table.constants());
    if (!text.strip().equals(NONE)) {
      for (String entry : text.split(",", -1)) {
        int equals = entry.indexOf('=');
        String word = (equals < 0 ? entry : entry.substring(0, equals)).strip();
        List<String> only = equals < 0 ? List.of() : parts(entry.substring(equals + 1));
        if (word.isEmpty() || only.contains("")) {
          throw reader.wrong(key, "does not have the form NAME[=VALUE|VALUE...], ... or none");
        }
        A named =
            table
                .find(word)
                .orElseThrow(
                    () ->
                        reader.wrong(
                            key, "names " + Words.shortened(word) + ", which " + table.isNotOne()));
        for (String value : only) {
          Optional<String> fault = named.form().fault(value);
          if (fault.isPresent()) {
            throw reader.wrong(key, "names a value of " + word + " that " + fault.get());
          }
        }
        if (values.put(named, only) != null) {
          throw reader.wrong(key, "names " + word + " twice");
        }
      }
    }
    return new AllowedAnnotations<>(reader.key(key), values);
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split("\\|", -1)) {
      parts.add(part.strip());
    }
    return List.copyOf(parts);
  }

  /** What is wrong with a value that fits its form; empty if it is allowed. */
  Optional<String> fault(A asked, String value) {
    List<String> only = values.get(asked);
    return only.isEmpty() || only.contains(value)
        ? Optional.empty()
        : Optional.of("is not one of " + String.join(", ", only));
  }
}
