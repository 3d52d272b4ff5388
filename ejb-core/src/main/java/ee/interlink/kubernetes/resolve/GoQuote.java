package ee.interlink.kubernetes.resolve;

/** Text in double quotes as Go's {@code %q} writes it; programs in pods parse that. */
final class GoQuote {
  private GoQuote() {}

  static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> quoted.append(shown(c)));
    return quoted.append('"').toString();
  }

  private static String shown(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case 0x07 -> "\\a";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case 0x0b -> "\\v";
      default -> printable(c) ? Character.toString(c) : escaped(c);
    };
  }

  private static String escaped(int c) {
    if (c < ' ' || c == 0x7f) {
      return String.format("\\x%02x", c);
    }
    return c <= 0xffff ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
  }

  /** Letters, marks, numbers, punctuation, symbols, and of all spaces the plain one. */
  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR -> c == ' ';
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
