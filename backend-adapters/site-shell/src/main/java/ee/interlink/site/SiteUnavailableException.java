package ee.interlink.site;

/** The site could not be reached, or the way to it broke. Whether the command ran is unknown. */
public final class SiteUnavailableException extends SiteException {
  private static final long serialVersionUID = 1L;

  public SiteUnavailableException(String message) {
    super(message, null);
  }

  public SiteUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
