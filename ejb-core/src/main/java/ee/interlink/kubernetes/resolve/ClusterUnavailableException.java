package ee.interlink.kubernetes.resolve;

/** The API server did not answer: ask again later. Says nothing about the pod. */
public final class ClusterUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  public ClusterUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
