package ee.interlink.slurm;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds what matters in standard error: banners and notices of a site stand there too. */
final class Words {
  private static final int LONGEST = 500;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Words() {}

  /** The errors of Slurm's commands without their prefix, on one line; else the last line. */
  static String last(String errors) {
    List<String> lines = errors.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    String slurms =
        lines.stream()
            .filter(Words::isSlurmError)
            .map(line -> line.replaceFirst("^s[a-z]+: (error|fatal): ", ""))
            .distinct()
            .collect(Collectors.joining("; "));
    String last = lines.isEmpty() ? "no reason given" : lines.get(lines.size() - 1);
    return shortened(slurms.isEmpty() ? last : slurms);
  }

  private static boolean isSlurmError(String line) {
    return line.matches("s(batch|queue|acct|cancel|info): .*")
        || line.toLowerCase(Locale.ROOT).startsWith("slurm_load_jobs error");
  }

  /** One line without control characters, to be shown to people. */
  static String shortened(String text) {
    String clean = CONTROL.matcher(text).replaceAll(" ").strip();
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
  }

  /** An answer that is not of the agreed form. */
  static String quoted(String answer) {
    String clean = CONTROL.matcher(answer).replaceAll(" ").strip();
    return "'" + (clean.length() > 80 ? clean.substring(0, 80) + "…" : clean) + "'";
  }
}
