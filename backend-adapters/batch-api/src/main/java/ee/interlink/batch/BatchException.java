package ee.interlink.batch;

/**
 * A backend did not do what it was asked. The subclass says what the caller can do about it; the
 * message is meant for the pod's owner and never has a secret.
 */
public abstract sealed class BatchException extends Exception
    permits JobRejectedException, BackendUnavailableException, NotAuthorisedException {
  private static final long serialVersionUID = 1L;

  protected BatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
