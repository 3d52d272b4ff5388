package ee.interlink.site;

/** The site does not let this account in, or is not the host that it should be. */
public final class SiteNotAuthorisedException extends SiteException {
  private static final long serialVersionUID = 1L;

  public SiteNotAuthorisedException(String message) {
    super(message, null);
  }

  public SiteNotAuthorisedException(String message, Throwable cause) {
    super(message, cause);
  }
}
