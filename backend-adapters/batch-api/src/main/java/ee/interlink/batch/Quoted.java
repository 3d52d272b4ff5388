package ee.interlink.batch;

/** Renders a refused value for a message: short, one line, no control characters. */
final class Quoted {
  private static final int LONGEST = 80;

  private Quoted() {}

  static String of(String value) {
    if (value == null) {
      return "null";
    }
    String shown = value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value;
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
