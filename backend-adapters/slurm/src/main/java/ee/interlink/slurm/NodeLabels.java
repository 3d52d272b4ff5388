package ee.interlink.slurm;

import static java.util.stream.Collectors.toSet;

import ee.interlink.batch.LabelSyntax;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Slurm says of its nodes, as labels; docs/decisions/0004-slurm-over-one-exec.md has the
 * table.
 */
final class NodeLabels {
  private static final String PREFIX = "slurm.interlink.ee/";

  private NodeLabels() {}

  static Map<String, String> of(Nodes nodes, Optional<String> partition) {
    Map<String, String> labels = new TreeMap<>();
    partition.flatMap(LabelSyntax::of).ifPresent(name -> labels.put(PREFIX + "partition", name));
    timeLimit(nodes.lines())
        .ifPresent(minutes -> labels.put(PREFIX + "time-limit-minutes", Long.toString(minutes)));
    for (String feature : featuresOfAll(nodes.lines())) {
      key("feature.", feature).ifPresent(key -> labels.put(key, "true"));
    }
    gpus(nodes.there()).forEach((key, count) -> labels.put(key, Long.toString(count)));
    return labels;
  }

  /** Of several partitions only if it is the same in all of them. */
  private static OptionalLong timeLimit(List<SlurmNode> lines) {
    Set<OptionalLong> limits = lines.stream().map(SlurmNode::timeLimitMinutes).collect(toSet());
    return limits.size() == 1 ? limits.iterator().next() : OptionalLong.empty();
  }

  /** Also of those that are down: a node that fails and comes back shall not change any label. */
  private static Set<String> featuresOfAll(List<SlurmNode> lines) {
    Set<String> features = new HashSet<>();
    lines.stream().limit(1).forEach(first -> features.addAll(first.features()));
    lines.forEach(node -> features.retainAll(node.features()));
    return features;
  }

  private static Map<String, Long> gpus(List<SlurmNode> nodes) {
    Map<String, Long> counts = new TreeMap<>();
    for (SlurmNode node : nodes) {
      node.gpus()
          .forEach(
              (type, count) ->
                  key("gpu.", type).ifPresent(key -> counts.merge(key, count, Long::sum)));
    }
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /** A name that has no letter and no digit gives no label. */
  private static Optional<String> key(String kind, String name) {
    return LabelSyntax.of(name).flatMap(word -> LabelSyntax.of(kind + word)).map(PREFIX::concat);
  }
}
