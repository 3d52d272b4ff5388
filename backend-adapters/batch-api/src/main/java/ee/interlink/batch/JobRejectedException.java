package ee.interlink.batch;

/** The backend refuses this job, and would refuse it again: asking once more is of no use. */
public final class JobRejectedException extends BatchException {
  private static final long serialVersionUID = 1L;

  public JobRejectedException(String message) {
    super(message, null);
  }

  public JobRejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
