package ee.interlink.slurm;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time limits as people write them for Slurm (sbatch, "--time"), in whole minutes. */
final class TimeLimit {
  private static final Pattern FORM =
      Pattern.compile("(?:([0-9]{1,4})-)?([0-9]{1,7})(?::([0-9]{1,2}))?(?::([0-9]{1,2}))?");

  /** Ten years. */
  private static final long MOST_MINUTES = 5_256_000;

  private TimeLimit() {}

  /**
   * Minutes, rounded up; empty if the text has none of the forms, is no time at all, which Slurm
   * would read as no limit, or is more than ten years.
   */
  static OptionalLong minutes(String text) {
    Matcher part = FORM.matcher(text);
    if (!part.matches()) {
      return OptionalLong.empty();
    }
    // Hours come first only if there are days before them, or minutes and seconds behind them.
    boolean hours = part.group(1) != null || part.group(4) != null;
    long seconds =
        hours
            ? 86_400 * number(part.group(1))
                + 3600 * number(part.group(2))
                + 60 * number(part.group(3))
                + number(part.group(4))
            : 60 * number(part.group(2)) + number(part.group(3));
    long minutes = (seconds + 59) / 60;
    return minutes >= 1 && minutes <= MOST_MINUTES
        ? OptionalLong.of(minutes)
        : OptionalLong.empty();
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
