package ee.interlink.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a pod has ended, in the words of the table.
 *
 * @param phase with "gone" once the pod object is not there any more
 * @param states of its containers, the init containers first; one that several have stands once
 * @param codes of all runs that are over, in the same order
 */
record Ending(String phase, String reason, String states, String codes) {
  private static final String NOTHING = "-";
  private static final int CELLS = 8;

  /** What the table says of this scheduler, by the endings' names. */
  static Map<String, Ending> table(Path file, String scheduler) throws IOException {
    Map<String, Ending> table = new LinkedHashMap<>();
    for (List<String> cells : rows(Files.readAllLines(file), CELLS)) {
      if (List.of("both", scheduler).contains(cells.get(2))) {
        table.put(cells.get(0), new Ending(cells.get(3), cells.get(4), cells.get(5), cells.get(6)));
      }
    }
    return table;
  }

  /** The cells of those lines that are rows with that many. */
  static List<List<String>> rows(List<String> lines, int cells) {
    return lines.stream()
        .map(line -> List.of(line.split("\\s*\\|\\s*", -1)))
        .filter(row -> row.size() == cells + 2)
        .map(row -> row.subList(1, cells + 1))
        .toList();
  }

  /** Whether it is what is expected; of words with "or" between them, one. */
  boolean among(Ending expected) {
    return isOne(phase, expected.phase)
        && isOne(reason, expected.reason)
        && isOne(states, expected.states)
        && isOne(codes, expected.codes);
  }

  private static boolean isOne(String found, String expected) {
    return List.of(expected.split(" or ", -1)).contains(found);
  }

  static Ending of(JsonNode pod, boolean gone) {
    String phase = pod.at("/status/phase").asText();
    return new Ending(
        gone ? phase + ", gone" : phase,
        word(pod.at("/status/reason")),
        joined(containers(pod), Ending::state, true),
        joined(containers(pod), Ending::code, false));
  }

  static List<JsonNode> containers(JsonNode pod) {
    List<JsonNode> all = new ArrayList<>();
    pod.at("/status/initContainerStatuses").forEach(all::add);
    pod.at("/status/containerStatuses").forEach(all::add);
    return all;
  }

  private static String joined(
      List<JsonNode> containers, Function<JsonNode, String> word, boolean once) {
    List<String> words = containers.stream().map(word).filter(each -> !each.isEmpty()).toList();
    return words.isEmpty()
        ? NOTHING
        : String.join(", ", once ? words.stream().distinct().toList() : words);
  }

  private static String state(JsonNode container) {
    JsonNode state = container.path("state");
    String name = state.fieldNames().hasNext() ? state.fieldNames().next() : "";
    return (name + " " + state.path(name).path("reason").asText()).strip();
  }

  private static String code(JsonNode container) {
    JsonNode now = container.at("/state/terminated/exitCode");
    return (now.isInt() ? now : container.at("/lastState/terminated/exitCode")).asText();
  }

  private static String word(JsonNode text) {
    return text.asText().isEmpty() ? NOTHING : text.asText();
  }
}
