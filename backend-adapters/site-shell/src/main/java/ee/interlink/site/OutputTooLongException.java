package ee.interlink.site;

/** The command said more than was asked for, so its answer is not complete. */
public final class OutputTooLongException extends SiteException {
  private static final long serialVersionUID = 1L;

  public OutputTooLongException(String message) {
    super(message, null);
  }

  public OutputTooLongException(String message, Throwable cause) {
    super(message, cause);
  }
}
