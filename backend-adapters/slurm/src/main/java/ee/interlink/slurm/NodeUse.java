package ee.interlink.slurm;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What jobs have of a node, by sinfo's line of the padded fields NodeList, AllocMem, GresUsed.
 *
 * @param mebibytes of memory
 * @param gpus by their type; empty if not told
 */
record NodeUse(String node, long mebibytes, Map<String, Long> gpus) {
  private static final Pattern LINE = Pattern.compile("([^ |]+) +([0-9]{1,12})(?: +([^ ]*) *)?");

  static Optional<NodeUse> parse(String line) {
    Matcher use = LINE.matcher(line);
    return use.matches()
        ? Optional.of(
            new NodeUse(
                use.group(1),
                Long.parseLong(use.group(2)),
                use.group(3) == null ? Map.of() : Gres.gpus(use.group(3))))
        : Optional.empty();
  }
}
