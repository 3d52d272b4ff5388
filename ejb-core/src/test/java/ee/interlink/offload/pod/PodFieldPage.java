package ee.interlink.offload.pod;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page {@code docs/pod-fields.md}. */
final class PodFieldPage {
  private static final Map<FieldDecision, String> MEANINGS =
      Map.of(
          FieldDecision.HONOURED,
          "the job does what it says",
          FieldDecision.TRANSLATED,
          "the job has it in another form: as an option of the scheduler, as files",
          FieldDecision.RESOLVED,
          "a cluster's node puts in its place what it refers to, and the job has that; where there"
              + " is no cluster to ask, it is refused",
          FieldDecision.HARMLESS,
          "nothing has to be done for it: it says nothing about what runs inside a job, or is the"
              + " cluster's affair",
          FieldDecision.REFUSED,
          "a pod that has it is not taken, and its author hears the field's name");

  private final PodFieldMatrix matrix;

  PodFieldPage(PodFieldMatrix matrix) {
    this.matrix = matrix;
  }

  String text() {
    StringBuilder page = new StringBuilder();
    page.append("# What becomes of each field of a pod\n\n")
        .append("All fields that a pod's specification can have in Kubernetes ")
        .append(matrix.fields().version())
        .append(", and what becomes of each in a job. A field that is not here, for instance")
        .append(" because its name is misspelt, is refused, and so is any other value where some")
        .append(" are named. Init containers are containers, and `[]` is any element of a list.")
        .append(" Do not edit this page: `PodFieldPageTest` writes it out of `pod-fields.txt`, the")
        .append(" table by which pods are judged.\n\n")
        .append("| word | fields | meaning |\n|---|---|---|\n");
    List<PodFieldMatrix.Row> rows = matrix.rows();
    Map<FieldDecision, Long> counts =
        rows.stream()
            .collect(Collectors.groupingBy(row -> row.line().decision(), Collectors.counting()));
    for (FieldDecision decision : FieldDecision.values()) {
      page.append(
          "| %s | %d | %s |\n"
              .formatted(
                  decision.word(), counts.getOrDefault(decision, 0L), MEANINGS.get(decision)));
    }
    page.append("\n| field | what becomes of it | values, why |\n|---|---|---|\n");
    for (PodFieldMatrix.Row row : rows) {
      page.append(
          "| `%s` | %s | %s |\n"
              .formatted(row.path(), row.line().decision().word(), remark(row.line())));
    }
    return page.toString();
  }

  private static String remark(PodFieldLine line) {
    if (line.only().isEmpty()) {
      return line.why();
    }
    String values =
        line.only().stream()
            .map(value -> "`" + value + "`")
            .collect(Collectors.joining(", ", "only ", ""));
    return line.why().isEmpty() ? values : values + "; " + line.why();
  }
}
