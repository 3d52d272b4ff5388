package ee.interlink.offload.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The table of decisions held against the fields that there are. */
record PodFieldMatrix(PodSpecFields fields, PodFieldTable table) {
  /** What has names that Kubernetes does not fix, of which the table knows some. */
  static final Set<String> MAPS =
      Set.of("spec.containers[].resources.limits", "spec.containers[].resources.requests");

  /** A field, or a name in a map, and the line that decides of it. */
  record Row(String path, PodFieldLine line) {}

  static PodFieldMatrix shipped() {
    return new PodFieldMatrix(PodSpecFields.known(), PodFieldTable.shipped());
  }

  List<String> undecided() {
    return fields.paths().stream().filter(path -> table.of(path).isEmpty()).toList();
  }

  /**
   * Lines of which no field takes notice: it has gone, was never there, or a deeper line counts.
   */
  List<PodFieldLine> stale() {
    List<PodFieldLine> used = rows().stream().map(Row::line).toList();
    return table.lines().stream().filter(line -> !used.contains(line)).toList();
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String path : fields.paths()) {
      table.of(path).ifPresent(line -> rows.add(new Row(path, line)));
      if (MAPS.contains(path)) {
        table.lines().stream()
            .filter(line -> PodFieldLine.below(line.path(), path))
            .forEach(line -> rows.add(new Row(line.path(), line)));
      }
    }
    return rows;
  }
}
