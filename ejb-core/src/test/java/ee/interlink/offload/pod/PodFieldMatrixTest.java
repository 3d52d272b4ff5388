package ee.interlink.offload.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of every field that Kubernetes has somebody has said what becomes of it. */
class PodFieldMatrixTest {
  private static final String SCRIPT =
      "testbed/kube/pod-fields.sh"
          + " >ejb-core/src/test/resources/ee/interlink/offload/pod/pod-spec-fields.txt";

  private static final Set<FieldDecision> DONE =
      Set.of(FieldDecision.HONOURED, FieldDecision.TRANSLATED, FieldDecision.RESOLVED);

  /** A resource that nobody has. */
  private static final String ANY_NAME = "example.com/any";

  private final PodFieldMatrix matrix = PodFieldMatrix.shipped();

  @Test
  void every_field_is_decided() {
    assertThat(matrix.undecided())
        .as(
            "fields of Kubernetes %s without a line in pod-fields.txt: say there what becomes of"
                + " them",
            matrix.fields().version())
        .isEmpty();
  }

  @Test
  void every_line_decides_of_a_field() {
    assertThat(matrix.stale())
        .extracting(PodFieldLine::path)
        .as(
            "lines of pod-fields.txt that decide of no field of Kubernetes %s: misspelt, gone, or"
                + " all below is decided by deeper lines",
            matrix.fields().version())
        .isEmpty();
  }

  /** Else what is new below it would be taken without being done. */
  @Test
  void what_is_done_is_decided_field_by_field() {
    assertThat(matrix.rows())
        .filteredOn(row -> DONE.contains(row.line().decision()))
        .allSatisfy(row -> assertThat(row.path()).isEqualTo(row.line().path()));
  }

  @Test
  void the_fields_are_those_of_the_version_that_the_testbed_runs() throws IOException {
    String module = Files.readString(Path.of("..", "testbed", "kube", "go.mod"));
    assertThat(module.lines().map(String::strip))
        .as("pod-spec-fields.txt is of another version; on the new testbed run\n  %s", SCRIPT)
        .contains("k8s.io/kubernetes " + matrix.fields().version());
  }

  @Test
  void the_fields_are_in_order_and_each_is_there_once() {
    assertThat(matrix.fields().paths()).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(500);
  }

  @Test
  void a_field_that_is_new_is_undecided() {
    List<String> paths =
        List.of(
            "spec.quantumEntanglement",
            "spec.containers[].command",
            "spec.containers[].commandLine",
            "spec.containers[].lifecycle.preStop.tcpSocket.shell",
            "spec.volumes[].emptyDir.sparse");
    assertThat(new PodFieldMatrix(new PodSpecFields("v9", paths), matrix.table()).undecided())
        .containsExactly(
            "spec.quantumEntanglement",
            "spec.containers[].commandLine",
            "spec.volumes[].emptyDir.sparse");
  }

  @Test
  void a_field_whose_line_is_taken_away_is_undecided() {
    assertThat(withLines(line -> !line.path().equals("spec.imagePullSecrets[].name")).undecided())
        .contains("spec.imagePullSecrets[].name");
  }

  @Test
  void a_line_of_no_field_is_stale() {
    List<PodFieldLine> lines =
        Stream.of(
                "spec.imagePullSecret refused",
                "spec.nodeSelector.disktype harmless",
                "spec.volumes refused",
                "spec.containers[].resources.limits.amd.com/gpu translated")
            .map(PodFieldLine::of)
            .toList();
    List<PodFieldLine> all =
        Stream.concat(matrix.table().lines().stream(), lines.stream()).toList();
    assertThat(new PodFieldMatrix(matrix.fields(), new PodFieldTable(all)).stale())
        .containsAll(lines.subList(0, 3))
        .doesNotContain(lines.get(3));
  }

  @Test
  void what_the_table_says_of_a_field_becomes_of_it() {
    assertThat(matrix.rows())
        .allSatisfy(
            row -> {
              String value = row.line().only().stream().findFirst().orElse("x");
              List<FieldFault> faults = PodFields.faultsOf(pod(row.path(), value));
              if (row.line().decision().accepts()) {
                assertThat(faults).isEmpty();
              } else {
                assertThat(faults)
                    .extracting(FieldFault::fault)
                    .containsExactly("is not supported");
                assertThat(row.path() + "." + ANY_NAME)
                    .startsWith(faults.get(0).field().replace("[0]", "[]"));
              }
            });
  }

  @Test
  void any_other_value_is_refused_where_the_table_names_some() {
    assertThat(matrix.rows())
        .filteredOn(row -> !row.line().only().isEmpty())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            row ->
                assertThat(PodFields.faultsOf(pod(row.path(), "another")))
                    .extracting(FieldFault::fault)
                    .containsExactly(
                        "is offered with "
                            + String.join(" or ", row.line().only())
                            + " only at present"));
  }

  private PodFieldMatrix withLines(Predicate<PodFieldLine> which) {
    List<PodFieldLine> lines = matrix.table().lines().stream().filter(which).toList();
    return new PodFieldMatrix(matrix.fields(), new PodFieldTable(lines));
  }

  /** A pod with this field alone. */
  private static JsonNode pod(String path, String value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    JsonNode node = json.textNode(value.equals("\"\"") ? "" : value);
    String field = path;
    for (String map : PodFieldMatrix.MAPS) {
      if (path.startsWith(map)) {
        String name = path.equals(map) ? ANY_NAME : path.substring(map.length() + 1);
        node = json.objectNode().set(name, node);
        field = map;
      }
    }
    String[] names = field.split("\\.", -1);
    for (int i = names.length - 1; i >= 0; i--) {
      if (names[i].endsWith("[]")) {
        node = json.arrayNode().add(node);
      }
      node = json.objectNode().set(names[i].replace("[]", ""), node);
    }
    return node;
  }
}
