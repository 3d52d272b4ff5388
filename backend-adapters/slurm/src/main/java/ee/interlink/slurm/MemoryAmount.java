package ee.interlink.slurm;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as people write them for Slurm (sbatch, "--mem"), in whole mebibytes. */
final class MemoryAmount {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([KMGTkmgt]?)[Bb]?");

  private MemoryAmount() {}

  /**
   * Mebibytes, rounded up; empty if the text has not the form, or is nothing, which Slurm would
   * read as all memory of the node.
   */
  static OptionalLong mebibytes(String text) {
    Matcher part = FORM.matcher(text);
    if (!part.matches()) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(part.group(1));
    long mebibytes =
        switch (part.group(2)) {
          case "K", "k" -> (number + 1023) / 1024;
          case "G", "g" -> number * 1024;
          case "T", "t" -> number * 1024 * 1024;
          default -> number;
        };
    return mebibytes > 0 ? OptionalLong.of(mebibytes) : OptionalLong.empty();
  }
}
