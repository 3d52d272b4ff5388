package ee.interlink.web.kubelet.access;

/** The API server did not answer; ask again later. Its message is for the log only. */
public final class ClusterAwayException extends Exception {
  private static final long serialVersionUID = 1L;

  public ClusterAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
