package ee.interlink.htcondor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One line of {@code condor_q -af:tV} or {@code condor_history -af:tV}: values of attributes as
 * ClassAd literals with a tab between them (ClassAd language reference, "Literals"). A string has
 * double quotes and escapes, so no value can hold a tab or the end of a line.
 */
final class ClassAdLiterals {
  private static final String QUOTE = "\"";
  // Compiled once: a round asks for nine numbers of each job in the queue.
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
  private static final int OCTAL = 8;
  private static final int MOST_OCTAL_DIGITS = 3;

  private final List<String> literals;

  ClassAdLiterals(String line) {
    this.literals = List.of(line.split("\t", -1));
  }

  int size() {
    return literals.size();
  }

  /**
   * The string at this place; empty if there is {@code undefined} or anything that is no string.
   */
  Optional<String> text(int place) {
    String literal = literals.get(place);
    return literal.length() >= 2 && literal.startsWith(QUOTE) && literal.endsWith(QUOTE)
        ? Optional.of(unescaped(literal.substring(1, literal.length() - 1)))
        : Optional.empty();
  }

  /** The whole number at this place; empty if there is anything else. */
  OptionalLong number(int place) {
    String literal = literals.get(place);
    return NUMBER.matcher(literal).matches()
        ? OptionalLong.of(Long.parseLong(literal))
        : OptionalLong.empty();
  }

  boolean isTrue(int place) {
    return literals.get(place).equalsIgnoreCase("true");
  }

  private static String unescaped(String content) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < content.length()) {
      char c = content.charAt(at++);
      if (c != '\\' || at == content.length()) {
        text.append(c);
        continue;
      }
      char escaped = content.charAt(at);
      if (isOctal(escaped)) {
        int value = 0;
        int digits = 0;
        while (digits < MOST_OCTAL_DIGITS && at < content.length() && isOctal(content.charAt(at))) {
          value = value * OCTAL + content.charAt(at++) - '0';
          digits++;
        }
        text.append((char) value);
      } else {
        text.append(named(escaped));
        at++;
      }
    }
    return text.toString();
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c < '0' + OCTAL;
  }

  private static char named(char escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> escaped;
    };
  }

  /** The lines of an answer, read one by one; what is no line of so many literals is left out. */
  static List<ClassAdLiterals> lines(String answer, int size) {
    List<ClassAdLiterals> lines = new ArrayList<>();
    for (String line : answer.lines().toList()) {
      ClassAdLiterals literals = new ClassAdLiterals(line);
      if (literals.size() == size) {
        lines.add(literals);
      }
    }
    return lines;
  }
}
