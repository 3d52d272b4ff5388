package ee.interlink.site.jobs;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds what matters in standard error: banners and notices of a site stand there too. */
public final class Words {
  private static final int LONGEST = 500;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Words() {}

  /**
   * The errors of the scheduler's commands on one line; else the last line.
   *
   * @param own see {@link Scheduler#ownError}
   */
  public static String last(String errors, Function<String, Optional<String>> own) {
    List<String> lines = errors.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    String schedulers =
        lines.stream()
            .map(own)
            .flatMap(Optional::stream)
            .distinct()
            .collect(Collectors.joining("; "));
    String last = lines.isEmpty() ? "no reason given" : lines.get(lines.size() - 1);
    return shortened(schedulers.isEmpty() ? last : schedulers);
  }

  /** One line without control characters, to be shown to people. */
  public static String shortened(String text) {
    String clean = CONTROL.matcher(text).replaceAll(" ").strip();
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
  }

  /** An answer that is not of the agreed form. */
  static String quoted(String answer) {
    String clean = CONTROL.matcher(answer).replaceAll(" ").strip();
    return "'" + (clean.length() > 80 ? clean.substring(0, 80) + "…" : clean) + "'";
  }
}
