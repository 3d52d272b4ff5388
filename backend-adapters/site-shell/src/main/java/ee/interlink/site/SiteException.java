package ee.interlink.site;

/** A command could not be run to its end; the subclass says what stood in the way. */
public abstract sealed class SiteException extends Exception
    permits SiteUnavailableException,
        SiteNotAuthorisedException,
        CommandTimeoutException,
        OutputTooLongException {
  private static final long serialVersionUID = 1L;

  protected SiteException(String message, Throwable cause) {
    super(message, cause);
  }
}
