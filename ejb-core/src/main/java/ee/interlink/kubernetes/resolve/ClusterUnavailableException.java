package ee.interlink.kubernetes.resolve;

public final class ClusterUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  public ClusterUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
