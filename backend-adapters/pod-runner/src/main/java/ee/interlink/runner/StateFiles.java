package ee.interlink.runner;

import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The state folder of one job: of each container its last start and its last end, kept until the
 * job is discarded. From them a report is made again when the spool entry is gone.
 *
 * <p>{@code NAME.started} is {@code RESTARTS MILLIS}. {@code NAME.exited} is {@code RESTARTS
 * STARTED CODE MILLIS}, with {@code -} for a run that was never started, and then the reason if it
 * could not be. {@code ended} is {@code CODE MILLIS TERMINATED RESTARTS}.
 */
public final class StateFiles {
  private static final String STARTED = ".started";
  private static final String EXITED = ".exited";
  private static final String RUNNER_GONE = "the runner is gone";
  private static final Pattern START = Pattern.compile("([0-9]+) ([0-9]+)");
  private static final Pattern EXIT =
      Pattern.compile("([0-9]+) ([0-9]+|-) ([0-9]+) ([0-9]+)(?:\\s+(.*))?", Pattern.DOTALL);
  private static final Pattern END = Pattern.compile("([0-9]{1,3}) ([0-9]+) ([01]) ([0-9]+)");

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
        (file, content) -> {
          if (file.endsWith(STARTED)) {
            start(stem(file, STARTED), START.matcher(content.strip()), entries);
          } else if (file.endsWith(EXITED)) {
            exit(stem(file, EXITED), EXIT.matcher(content.strip()), entries);
          }
        });
    Matcher end = end();
    if (end.matches()) {
      add(entries, "ended", "", end.group(4), end.group(3), end.group(2));
    }
    return entries.stream()
        .distinct() // a start is told by both files of its container
        .sorted(Comparator.comparing(SpoolEntry::at).thenComparing(SpoolEntry::kind))
        .map(this::report)
        .toList();
  }

  /** The fact of one spool entry, with the message that the entry itself cannot carry. */
  public JobReport report(SpoolEntry entry) {
    return entry.report(entry.hasMessage() ? message(entry) : "");
  }

  /** The exit code of the job as a whole, once the runner has written its last file. */
  public OptionalInt jobCode() {
    Matcher end = end();
    return end.matches() ? OptionalInt.of(Integer.parseInt(end.group(1))) : OptionalInt.empty();
  }

  /** Whether somebody told the runner to end; it is no such wish that the runner itself died. */
  public boolean toldToEnd() {
    return contents.getOrDefault("terminating", RUNNER_GONE).isBlank();
  }

  /** Empty for an earlier run than the last: only that one's words are kept. */
  private String message(SpoolEntry entry) {
    String name = entry.container().orElseThrow().value();
    Matcher exit = EXIT.matcher(contents.getOrDefault(name + EXITED, "").strip());
    boolean same = exit.matches() && exit.group(1).equals("" + entry.restarts());
    return same && exit.group(5) != null ? exit.group(5) : "";
  }

  private Matcher end() {
    return END.matcher(contents.getOrDefault("ended", "").strip());
  }

  private void start(String container, Matcher parts, List<SpoolEntry> entries) {
    if (parts.matches()) {
      add(entries, "started", container, parts.group(1), "0", parts.group(2));
    }
  }

  private void exit(String container, Matcher parts, List<SpoolEntry> entries) {
    if (parts.matches()) {
      if (!parts.group(2).equals("-")) {
        add(entries, "started", container, parts.group(1), "0", parts.group(2));
      }
      String kind = parts.group(5) == null ? "exited" : "unstarted";
      add(entries, kind, container, parts.group(1), parts.group(3), parts.group(4));
    }
  }

  // One reader for both forms: what is no spool entry is no state file either.
  private void add(
      List<SpoolEntry> entries,
      String kind,
      String container,
      String restarts,
      String number,
      String millis) {
    Optional<SpoolEntry> entry =
        SpoolEntry.parse(String.join(",", pod.value(), kind, container, restarts, number, millis));
    entry.ifPresent(entries::add);
  }

  private static String stem(String file, String suffix) {
    return file.substring(0, file.length() - suffix.length());
  }
}
