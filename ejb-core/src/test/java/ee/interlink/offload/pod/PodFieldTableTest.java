package ee.interlink.offload.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodFieldTableTest {

  @Test
  void each_line_is_a_path_what_becomes_of_it_and_perhaps_values_and_why() throws IOException {
    assertThat(sections().stream().flatMap(List::stream))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "spec(\\.[a-zA-Z][-a-zA-Z/.]*(\\[])?)+"
                            + " +((honoured|translated|harmless)( [^ #]+)?|resolved|refused)"
                            + "(  # \\S.*)?"));
  }

  @Test
  void a_section_says_one_thing_in_order_of_path() throws IOException {
    for (List<String> section : sections()) {
      assertThat(section.stream().map(line -> words(line)[1]))
          .containsOnly(words(section.get(0))[1]);
      assertThat(section.stream().map(line -> words(line)[0])).isSorted();
    }
  }

  @Test
  void no_path_is_there_twice_nor_below_another_that_is_not_refused() {
    List<PodFieldLine> lines = PodFieldTable.shipped().lines();
    assertThat(lines).extracting(PodFieldLine::path).doesNotHaveDuplicates();
    for (PodFieldLine line : lines) {
      if (line.decision() != FieldDecision.REFUSED) {
        assertThat(lines).noneMatch(other -> PodFieldLine.below(other.path(), line.path()));
      }
    }
  }

  @Test
  void a_pod_passes_by_the_lines_that_accept_a_field() {
    for (PodFieldLine line : PodFieldTable.shipped().lines()) {
      assertThat(PodFieldTable.shipped().covers(line.path()))
          .as(line.path())
          .isEqualTo(
              switch (line.decision()) {
                case HONOURED, TRANSLATED, HARMLESS -> true;
                case RESOLVED, REFUSED -> false;
              });
    }
  }

  private static String[] words(String line) {
    return line.split(" +", -1);
  }

  /** The lines between blank ones, without comments. */
  private static List<List<String>> sections() throws IOException {
    List<List<String>> sections = new ArrayList<>();
    try (InputStream table = PodFieldTable.class.getResourceAsStream("pod-fields.txt")) {
      String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      for (String part : text.split("\n\n", -1)) {
        List<String> lines =
            part.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
        if (!lines.isEmpty()) {
          sections.add(lines);
        }
      }
    }
    return sections;
  }
}
