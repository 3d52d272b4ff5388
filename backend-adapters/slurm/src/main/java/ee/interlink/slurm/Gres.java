package ee.interlink.slurm;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The GPUs in sinfo's fields Gres and GresUsed: {@code gpu:a100:4(S:0,1),shard:8}. */
final class Gres {
  /** The type of GPUs that have none. */
  static final String UNTYPED = "";

  private static final Pattern GPU =
      Pattern.compile("(?:^|,)gpu(?::(?:\\(null\\)|([^:,()]+)))?:([0-9]{1,6})");

  private Gres() {}

  /** The number of GPUs of each type that is named, and be it 0. */
  static Map<String, Long> gpus(String field) {
    Map<String, Long> gpus = new TreeMap<>();
    Matcher gpu = GPU.matcher(field);
    while (gpu.find()) {
      String type = gpu.group(1) == null ? UNTYPED : gpu.group(1);
      gpus.merge(type, Long.valueOf(gpu.group(2)), Long::sum);
    }
    return gpus;
  }

  static long count(Map<String, Long> gpus) {
    return gpus.values().stream().mapToLong(Long::longValue).sum();
  }
}
