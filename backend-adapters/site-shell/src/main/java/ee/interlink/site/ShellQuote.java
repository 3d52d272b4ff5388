package ee.interlink.site;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Words for a POSIX shell. SSH carries a command as one text that the account's login shell splits
 * again (RFC 4254, 6.5); within single quotes it changes nothing, so only a single quote itself
 * needs care.
 */
public final class ShellQuote {
  private ShellQuote() {}

  static String line(List<String> argv) {
    return argv.stream().map(ShellQuote::word).collect(Collectors.joining(" "));
  }

  /** The word as it stands in a command line. */
  public static String word(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
