package ee.interlink.slurm;

import ee.interlink.site.jobs.Words;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Slurm's commands say on standard error. */
final class SlurmErrors {
  private static final Pattern COMMAND = Pattern.compile("s(batch|queue|acct|cancel|info): .*");
  private static final Pattern PREFIX = Pattern.compile("^s[a-z]+: (error|fatal): ");

  private SlurmErrors() {}

  /** The line without its prefix, if one of the commands said it. */
  static Optional<String> own(String line) {
    boolean slurms =
        COMMAND.matcher(line).matches()
            || line.toLowerCase(Locale.ROOT).startsWith("slurm_load_jobs error");
    return slurms ? Optional.of(PREFIX.matcher(line).replaceFirst("")) : Optional.empty();
  }

  /** On one line; if none of the commands said anything, the last line. */
  static String words(String errors) {
    return Words.last(errors, SlurmErrors::own);
  }
}
