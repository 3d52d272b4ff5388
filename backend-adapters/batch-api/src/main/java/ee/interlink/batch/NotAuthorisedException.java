package ee.interlink.batch;

/** The backend does not let this account in. Waiting does not help, an administrator can. */
public final class NotAuthorisedException extends BatchException {
  private static final long serialVersionUID = 1L;

  public NotAuthorisedException(String message) {
    super(message, null);
  }

  public NotAuthorisedException(String message, Throwable cause) {
    super(message, cause);
  }
}
