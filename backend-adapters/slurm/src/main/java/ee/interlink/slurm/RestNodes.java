package ee.interlink.slurm;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The nodes and partitions as slurmrestd tells of them, as sinfo would. */
final class RestNodes {
  private static final Set<String> NOT_THERE =
      Set.of(
          "DOWN", "DRAIN", "FAIL", "UNKNOWN", "FUTURE", "INVALID", "INVALID_REG", "REBOOT_ISSUED");

  private final List<SlurmNode> lines = new ArrayList<>();
  private final Map<String, NodeUse> uses = new HashMap<>();
  private final Map<String, OptionalLong> limits = new HashMap<>();
  private final Set<String> wanted;

  /**
   * @param partition those that count, with commas between them; empty for all
   */
  RestNodes(Optional<String> partition) {
    this.wanted = partition.map(names -> Set.of(names.split(",", -1))).orElse(Set.of());
  }

  /** To be told of all partitions before the first node. */
  void partition(JsonObject each) {
    OptionalLong minutes =
        each.get("maximums") instanceof JsonObject most
                && most.get("time") instanceof JsonObject time
                && time.getBoolean("set", false)
            ? OptionalLong.of(RestQueue.number(time))
            : OptionalLong.empty();
    limits.put(each.getString("name", ""), minutes);
  }

  void node(JsonObject node) {
    String name = node.getString("name", "");
    String gres = node.getString("gres", "");
    Set<String> states = words(node, "state");
    boolean there = states.stream().noneMatch(NOT_THERE::contains);
    for (String in : words(node, "partitions")) {
      if (wanted.isEmpty() || wanted.contains(in)) {
        lines.add(
            new SlurmNode(
                name,
                there,
                RestQueue.number(node.get("cpus")),
                RestQueue.number(node.get("real_memory")),
                Gres.gpus(gres),
                idle(node),
                limits.getOrDefault(in, OptionalLong.empty()),
                words(node, "features")));
      }
    }
    uses.put(
        name,
        new NodeUse(
            name,
            RestQueue.number(node.get("alloc_memory")),
            Gres.gpus(node.getString("gres_used", ""))));
  }

  private static OptionalLong idle(JsonObject node) {
    return node.containsKey("alloc_idle_cpus")
        ? OptionalLong.of(RestQueue.number(node.get("alloc_idle_cpus")))
        : OptionalLong.empty();
  }

  private static Set<String> words(JsonObject node, String list) {
    Set<String> words = new HashSet<>();
    for (JsonValue each : RestAnswer.list(node, list)) {
      if (each instanceof JsonString word) {
        words.add(word.getString());
      }
    }
    return words;
  }

  Nodes read() {
    return new Nodes(lines, uses);
  }
}
