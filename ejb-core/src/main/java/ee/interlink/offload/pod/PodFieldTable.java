package ee.interlink.offload.pod;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The table {@code pod-fields.txt}: what becomes of each field of a pod's specification. */
final class PodFieldTable {
  private static final PodFieldTable SHIPPED = read();

  /** What a line says: for which values the field is accepted; empty for all. */
  private final Map<String, Set<String>> accepted;

  private PodFieldTable(Map<String, Set<String>> accepted) {
    this.accepted = accepted;
  }

  static PodFieldTable shipped() {
    return SHIPPED;
  }

  /** Whether the field itself has a line, so that all below it is covered. */
  boolean covers(String path) {
    return accepted.containsKey(path);
  }

  /** The only values with which the field is accepted; empty if any is. */
  Set<String> onlyValues(String path) {
    return accepted.get(path);
  }

  /** Whether there are lines for fields below this one. */
  boolean leadsOn(String path) {
    return accepted.keySet().stream()
        .anyMatch(line -> line.startsWith(path + ".") || line.startsWith(path + "[]"));
  }

  private static PodFieldTable read() {
    Map<String, Set<String>> lines = new TreeMap<>();
    try (InputStream resource = PodFieldTable.class.getResourceAsStream("pod-fields.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] words = line.strip().split("\\s+", -1);
          lines.put(words[0], words.length > 2 ? Set.of(words[2].split(",", -1)) : Set.of());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PodFieldTable(lines);
  }
}
