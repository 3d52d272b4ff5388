package ee.interlink.slurm;

import ee.interlink.batch.Capacity;
import ee.interlink.batch.Capacity.Amounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes that jobs can be sent to.
 *
 * @param lines a node has one in each of its partitions
 * @param uses by the node's name
 */
record Nodes(List<SlurmNode> lines, Map<String, NodeUse> uses) {

  /** Reads the lines of {@link SlurmNode} and of {@link NodeUse}; others are left out. */
  static Nodes read(String answer) {
    List<SlurmNode> lines = new ArrayList<>();
    Map<String, NodeUse> uses = new HashMap<>();
    for (String line : answer.lines().toList()) {
      SlurmNode.parse(line).ifPresent(lines::add);
      NodeUse.parse(line).ifPresent(use -> uses.put(use.node(), use));
    }
    return new Nodes(lines, uses);
  }

  /**
   * @param partition the configured one
   */
  Capacity capacity(Optional<String> partition) {
    Amounts total = Amounts.NONE;
    Optional<Amounts> free = Optional.of(Amounts.NONE);
    for (SlurmNode node : there()) {
      total = total.plus(node.total());
      Optional<Amounts> left = free(node);
      // A sum that lacks a node would be taken for the whole.
      free = free.flatMap(sum -> left.map(sum::plus));
    }
    return new Capacity(total, free, NodeLabels.of(this, partition));
  }

  /** Each node once. */
  List<SlurmNode> there() {
    Map<String, SlurmNode> nodes = new LinkedHashMap<>();
    lines.stream().filter(SlurmNode::there).forEach(node -> nodes.putIfAbsent(node.name(), node));
    return List.copyOf(nodes.values());
  }

  private Optional<Amounts> free(SlurmNode node) {
    return Optional.ofNullable(uses.get(node.name())).flatMap(node::free);
  }
}
