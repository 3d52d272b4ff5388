package ee.interlink.site.jobs;

/** The exit statuses of our texts, as common.sh names them. */
final class Exits {
  static final int BUSY = 75;
  static final int NO_ANSWER = 77;
  static final int NO_FOLDER = 78;

  private Exits() {}
}
