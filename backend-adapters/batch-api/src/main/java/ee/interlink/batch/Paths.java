package ee.interlink.batch;

/** What a relative path must not be, whoever sends it. */
final class Paths {
  private Paths() {}

  /** Whether the path has a NUL or a {@code ..} step. */
  static boolean unsafe(String path) {
    if (path.indexOf('\0') >= 0) {
      return true;
    }
    for (String step : path.split("/", -1)) {
      if (step.equals("..")) {
        return true;
      }
    }
    return false;
  }
}
