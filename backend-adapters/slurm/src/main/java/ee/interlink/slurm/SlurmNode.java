package ee.interlink.slurm;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity.Amounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node in one of its partitions, by sinfo's line {@code
 * node|cpus|MiB|gres|state|allocated/idle/other/total CPUs|time limit|features}.
 *
 * @param there whether jobs can run there now or later, without anybody repairing it first
 * @param mebibytes of memory
 * @param gpus by their type
 * @param idleCpus that no job has; empty if not told
 * @param timeLimitMinutes of the partition; empty if it has none
 */
record SlurmNode(
    String name,
    boolean there,
    long cpus,
    long mebibytes,
    Map<String, Long> gpus,
    OptionalLong idleCpus,
    OptionalLong timeLimitMinutes,
    Set<String> features) {
  // What stands behind the state may be missing, or not be what we know: the sums hold without it.
  private static final Pattern LINE =
      Pattern.compile(
          "([^|]+)\\|([0-9]{1,9})\\+?\\|([0-9]{1,12})\\+?\\|([^|]*)\\|([a-z]+)[^|a-z]*"
              + "(?:\\|([^|]*))?(?:\\|([^|]*))?(?:\\|([^|]*))?(?:\\|.*)?");
  private static final Pattern CPUS = Pattern.compile("[0-9]{1,9}/([0-9]{1,9})/[0-9]+/[0-9]+");
  private static final Pattern LIMIT =
      Pattern.compile("(?:([0-9]{1,6})-)?(?:([0-9]{1,6}):)?([0-9]{1,6}):[0-9]{1,2}");
  private static final Set<String> NOT_THERE =
      Set.of("down", "drain", "drng", "fail", "failg", "unk", "futr", "inval", "boot");
  private static final String NULL = "(null)";
  private static final long HOUR = 60;
  private static final long DAY = 24 * HOUR;

  static Optional<SlurmNode> parse(String line) {
    Matcher node = LINE.matcher(line);
    return node.matches()
        ? Optional.of(
            new SlurmNode(
                node.group(1),
                !NOT_THERE.contains(node.group(5)),
                Long.parseLong(node.group(2)),
                Long.parseLong(node.group(3)),
                Gres.gpus(node.group(4)),
                idle(told(node.group(6))),
                minutes(told(node.group(7))),
                words(told(node.group(8)))))
        : Optional.empty();
  }

  private static String told(String field) {
    return field == null || field.equals(NULL) ? "" : field;
  }

  private static OptionalLong idle(String field) {
    Matcher cpus = CPUS.matcher(field);
    return cpus.matches() ? OptionalLong.of(Long.parseLong(cpus.group(1))) : OptionalLong.empty();
  }

  /** Of {@code days-hours:minutes:seconds}, whose first two parts may be missing. */
  private static OptionalLong minutes(String field) {
    Matcher limit = LIMIT.matcher(field);
    return limit.matches()
        ? OptionalLong.of(
            number(limit.group(1)) * DAY + number(limit.group(2)) * HOUR + number(limit.group(3)))
        : OptionalLong.empty();
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static Set<String> words(String field) {
    return field.isEmpty() ? Set.of() : Set.copyOf(List.of(field.split(",", -1)));
  }

  Amounts total() {
    return new Amounts(cpus, Bytes.ofMebibytes(mebibytes), Gres.count(gpus));
  }

  /** What is left of it; empty if a part of that is not known. */
  Optional<Amounts> free(NodeUse use) {
    long count = Gres.count(gpus);
    if (idleCpus.isEmpty() || (count > 0 && use.gpus().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new Amounts(
            Math.min(cpus, idleCpus.getAsLong()),
            Bytes.ofMebibytes(Math.max(0, mebibytes - use.mebibytes())),
            Math.max(0, count - Gres.count(use.gpus()))));
  }
}
