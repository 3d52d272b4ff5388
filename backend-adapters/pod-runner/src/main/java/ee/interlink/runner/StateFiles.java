package ee.interlink.runner;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The state folder of one job: the same facts as its spool entries, kept until the job is
 * discarded. From them a report is made again when the entry is gone.
 */
public final class StateFiles {
  private static final String STARTED = ".started";
  private static final String EXITED = ".exited";
  private static final String MESSAGE = ".message";
  private static final String ENDED = "ended";
  private static final String RUNNER_GONE = "the runner is gone";

  private final PodUid pod;
  private final Map<String, String> contents;

  /**
   * @param contents the files' contents by their names in {@link JobDirectory#state}; files that
   *     are not understood are left out of the facts
   */
  public StateFiles(PodUid pod, Map<String, String> contents) {
    this.pod = pod;
    this.contents = new TreeMap<>(contents);
  }

  /** All facts, in the order in which they happened. */
  public List<JobReport> reports() {
    List<SpoolEntry> entries = new ArrayList<>();
    contents.forEach(
        (file, content) -> entry(file, content.strip().split(" ", -1)).ifPresent(entries::add));
    entries.sort(Comparator.comparing(SpoolEntry::at).thenComparing(SpoolEntry::kind));
    return entries.stream().map(this::report).toList();
  }

  /** The fact of one spool entry, with the message that the entry itself cannot carry. */
  public JobReport report(SpoolEntry entry) {
    return entry.report(entry.container().map(this::message).orElse(""));
  }

  /** The exit code of the job as a whole, once the runner has written its last file. */
  public OptionalInt jobCode() {
    String[] words = contents.getOrDefault(ENDED, "").strip().split(" ", -1);
    return words.length == 3 && isNumber(words[0])
        ? OptionalInt.of(Integer.parseInt(words[0]))
        : OptionalInt.empty();
  }

  /** Whether somebody told the runner to end; it is no such wish that the runner itself died. */
  public boolean toldToEnd() {
    return contents.getOrDefault("terminating", RUNNER_GONE).isBlank();
  }

  private String message(ContainerName container) {
    return contents.getOrDefault(container + MESSAGE, "").strip();
  }

  private Optional<SpoolEntry> entry(String file, String... words) {
    if (file.equals(ENDED) && words.length == 3) {
      return entry("ended", "", words[2], words[1]);
    }
    if (file.endsWith(STARTED) && words.length == 1) {
      return entry("started", stem(file, STARTED), "0", words[0]);
    }
    if (file.endsWith(EXITED) && words.length == 2) {
      boolean started = !contents.containsKey(stem(file, EXITED) + MESSAGE);
      return entry(started ? "exited" : "unstarted", stem(file, EXITED), words[0], words[1]);
    }
    return Optional.empty();
  }

  // One reader for both forms: what is no spool entry is no state file either.
  private Optional<SpoolEntry> entry(String kind, String container, String number, String millis) {
    return SpoolEntry.parse(String.join(",", pod.value(), kind, container, number, millis));
  }

  private static String stem(String file, String suffix) {
    return file.substring(0, file.length() - suffix.length());
  }

  private static boolean isNumber(String word) {
    return word.matches("[0-9]{1,3}");
  }
}
