package ee.interlink.batch;

/**
 * The backend could not be asked, or not in time. Whether it acted is unknown: ask {@link
 * BatchConnection#find} before trying again.
 */
public final class BackendUnavailableException extends BatchException {
  private static final long serialVersionUID = 1L;

  public BackendUnavailableException(String message) {
    super(message, null);
  }

  public BackendUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
