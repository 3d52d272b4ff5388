package ee.interlink.offload.pod;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table {@code pod-fields.txt}: what becomes of each field of a pod's specification. */
final class PodFieldTable {
  private static final PodFieldTable SHIPPED = read();

  private final List<PodFieldLine> lines;

  /** The lines by which a pod passes; what they do not cover is refused, with a line or without. */
  private final Map<String, PodFieldLine> accepted;

  PodFieldTable(Collection<PodFieldLine> lines) {
    this.lines = List.copyOf(lines);
    this.accepted =
        lines.stream()
            .filter(line -> line.decision().accepts())
            .collect(Collectors.toUnmodifiableMap(PodFieldLine::path, Function.identity()));
  }

  static PodFieldTable shipped() {
    return SHIPPED;
  }

  List<PodFieldLine> lines() {
    return lines;
  }

  /** The line that decides of a field: of those that cover it, the one that names most of it. */
  Optional<PodFieldLine> of(String field) {
    return lines.stream()
        .filter(line -> line.covers(field))
        .max(Comparator.comparingInt(line -> line.path().length()));
  }

  /** Whether the field itself has a line that accepts it, so that all below it is covered. */
  boolean covers(String path) {
    return accepted.containsKey(path);
  }

  /** The only values with which the field is accepted; empty if any is. */
  List<String> onlyValues(String path) {
    return accepted.get(path).only();
  }

  /** Whether there are accepted fields below this one. */
  boolean leadsOn(String path) {
    return accepted.keySet().stream().anyMatch(line -> PodFieldLine.below(line, path));
  }

  private static PodFieldTable read() {
    try (InputStream resource = PodFieldTable.class.getResourceAsStream("pod-fields.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return new PodFieldTable(
          reader
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(PodFieldLine::of)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
