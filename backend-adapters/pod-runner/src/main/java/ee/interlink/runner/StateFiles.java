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
 * could not be; or with {@code said} behind it, and then what the container said. {@code NAME.up}
 * is {@code RESTARTS MILLIS}, {@code NAME.ready} and {@code NAME.unhealthy} are {@code RESTARTS
 * NUMBER MILLIS}, the latter with a message. {@code NAME.image} is {@code RESTARTS STATE MILLIS} of
 * what it last waited for its image, and then the reason. {@code VOLUME.evicted} is {@code MILLIS}.
 * {@code ended} is {@code CODE MILLIS TERMINATED RESTARTS}.
 */
public final class StateFiles {
  private static final String STARTED = ".started";
  private static final String EXITED = ".exited";
  private static final String UP = ".up";
  private static final String READY = ".ready";
  private static final String UNHEALTHY = ".unhealthy";
  private static final String IMAGE = ".image";
  private static final String EVICTED = ".evicted";
  private static final String RUNNER_GONE = "the runner is gone";
  private static final Pattern START = Pattern.compile("([0-9]+) ([0-9]+)");
  private static final Pattern EXIT =
      Pattern.compile("([0-9]+) ([0-9]+|-) ([0-9]+) ([0-9]+)( said)?(?:\\s+(.*))?", Pattern.DOTALL);
  private static final Pattern NUMBERED =
      Pattern.compile("([0-9]+) ([0-9]+) ([0-9]+)(?:\\s+(.*))?", Pattern.DOTALL);
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
          } else if (file.endsWith(UP)) {
            up(stem(file, UP), START.matcher(content.strip()), entries);
          } else if (file.endsWith(READY)) {
            numbered("ready", stem(file, READY), content, entries);
          } else if (file.endsWith(UNHEALTHY)) {
            numbered("unhealthy", stem(file, UNHEALTHY), content, entries);
          } else if (file.endsWith(IMAGE)) {
            numbered("image", stem(file, IMAGE), content, entries);
          } else if (file.endsWith(EVICTED)) {
            add(entries, "evicted", stem(file, EVICTED), "0", "0", content.strip());
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

  /** Empty for an earlier one than the last: only that one's words are kept. */
  private String message(SpoolEntry entry) {
    String name = entry.container().orElseThrow().value();
    if (entry.kind() == SpoolEntry.Kind.IMAGE) {
      Matcher wait = NUMBERED.matcher(contents.getOrDefault(name + IMAGE, "").strip());
      boolean last = wait.matches() && wait.group(3).equals("" + entry.at().toEpochMilli());
      return last && wait.group(4) != null ? wait.group(4) : "";
    }
    boolean unhealthy = entry.kind() == SpoolEntry.Kind.UNHEALTHY;
    String content = contents.getOrDefault(name + (unhealthy ? UNHEALTHY : EXITED), "").strip();
    Matcher parts = (unhealthy ? NUMBERED : EXIT).matcher(content);
    boolean same = parts.matches() && parts.group(1).equals("" + entry.restarts());
    String message = same ? parts.group(parts.groupCount()) : null;
    return message == null ? "" : message;
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
      String kind = parts.group(6) == null ? "exited" : "unstarted";
      kind = parts.group(5) == null ? kind : "said";
      add(entries, kind, container, parts.group(1), parts.group(3), parts.group(4));
    }
  }

  private void up(String container, Matcher parts, List<SpoolEntry> entries) {
    if (parts.matches()) {
      add(entries, "up", container, parts.group(1), "0", parts.group(2));
    }
  }

  private void numbered(String kind, String container, String content, List<SpoolEntry> entries) {
    Matcher parts = NUMBERED.matcher(content.strip());
    if (parts.matches()) {
      add(entries, kind, container, parts.group(1), parts.group(2), parts.group(3));
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
