package ee.interlink.offload.pod;

import java.util.List;

/**
 * A line of {@code pod-fields.txt}.
 *
 * @param path of the field; all below it is meant too
 * @param only the values for which this holds, any other being refused; empty for all
 * @param why for people; may be empty
 */
record PodFieldLine(String path, FieldDecision decision, List<String> only, String why) {
  PodFieldLine {
    only = List.copyOf(only);
  }

  static PodFieldLine of(String line) {
    String[] parts = line.split("#", 2);
    String[] words = parts[0].strip().split("\\s+", -1);
    return new PodFieldLine(
        words[0],
        FieldDecision.of(words[1]),
        words.length > 2 ? List.of(words[2].split(",", -1)) : List.of(),
        parts.length > 1 ? parts[1].strip() : "");
  }

  /** Whether it speaks of this field, by itself or with all that is below it. */
  boolean covers(String field) {
    return field.equals(path) || below(field, path);
  }

  static boolean below(String field, String path) {
    return field.startsWith(path + ".") || field.startsWith(path + "[]");
  }
}
