package ee.interlink.site;

/** The command took too long and was ended. What it did until then is unknown. */
public final class CommandTimeoutException extends SiteException {
  private static final long serialVersionUID = 1L;

  public CommandTimeoutException(String message) {
    super(message, null);
  }

  public CommandTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
