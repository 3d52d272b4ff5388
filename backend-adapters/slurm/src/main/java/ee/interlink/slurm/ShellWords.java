package ee.interlink.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words as a POSIX shell splits them: blanks, quotes and backslashes ("Shell Command Language",
 * 2.2). Nothing else of a shell is known; all other characters stand for themselves.
 */
final class ShellWords {
  private static final Pattern PIECE =
      Pattern.compile(
          "\\G(?:(?<blank>[ \\t\\n]++)|\\\\\\n|\\\\(?<escaped>.)|'(?<plain>[^']*+)'"
              + "|\"(?<quoted>(?:[^\"\\\\]|\\\\.)*+)\"|(?<bare>[^ \\t\\n\"'\\\\]++))",
          Pattern.DOTALL);
  // Before any other character a backslash within double quotes stands for itself.
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:\\n|([$`\"\\\\]))");

  private ShellWords() {}

  /** Empty if a quote is not closed, or nothing follows a backslash. */
  static Optional<List<String>> of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    Matcher piece = PIECE.matcher(text);
    int end = 0;
    while (piece.find()) {
      end = piece.end();
      Optional<String> part = part(piece);
      if (part.isPresent()) {
        word = (word == null ? new StringBuilder() : word).append(part.get());
      } else if (word != null && piece.group("blank") != null) {
        words.add(word.toString());
        word = null;
      }
    }
    if (word != null) {
      words.add(word.toString());
    }
    return end == text.length() ? Optional.of(words) : Optional.empty();
  }

  /** Of a word, if it is one. */
  private static Optional<String> part(Matcher piece) {
    String quoted = piece.group("quoted");
    return Optional.ofNullable(piece.group("bare"))
        .or(() -> Optional.ofNullable(piece.group("plain")))
        .or(() -> Optional.ofNullable(piece.group("escaped")))
        .or(() -> Optional.ofNullable(quoted).map(ShellWords::unescaped));
  }

  private static String unescaped(String quoted) {
    return ESCAPE
        .matcher(quoted)
        .replaceAll(
            escape -> escape.group(1) == null ? "" : Matcher.quoteReplacement(escape.group(1)));
  }
}
