package ee.interlink.slurm;

import ee.interlink.batch.Capacity;
import ee.interlink.batch.Memory;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds up sinfo's lines {@code node|cpus|MiB|gres|state}; a node has a line in each partition. */
final class Nodes {
  private static final Pattern LINE =
      Pattern.compile("([^|]+)\\|([0-9]{1,9})\\+?\\|([0-9]{1,12})\\+?\\|(.*)\\|([a-z]+)[^|a-z]*");
  private static final Pattern GPU = Pattern.compile("(?:^|,)gpu(?::[^:,()]+)?:([0-9]{1,6})");
  private static final Set<String> NOT_THERE =
      Set.of("down", "drain", "drng", "fail", "failg", "unk", "futr", "inval", "boot");

  private Nodes() {}

  static Capacity sum(String lines) {
    Set<String> seen = new HashSet<>();
    long cpus = 0;
    long mebibytes = 0;
    long gpus = 0;
    for (String line : lines.lines().toList()) {
      Matcher node = LINE.matcher(line);
      if (node.matches() && !NOT_THERE.contains(node.group(5)) && seen.add(node.group(1))) {
        cpus += Long.parseLong(node.group(2));
        mebibytes += Long.parseLong(node.group(3));
        Matcher gpu = GPU.matcher(node.group(4));
        while (gpu.find()) {
          gpus += Long.parseLong(gpu.group(1));
        }
      }
    }
    return new Capacity(cpus, Memory.ofMebibytes(mebibytes), gpus);
  }
}
