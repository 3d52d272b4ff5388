package ee.interlink.batch;

import java.util.List;

/** Submissions whose outcome a test wants as a job or an exception. */
public final class Submit {
  private Submit() {}

  public static JobId one(BatchConnection connection, JobRequest request) throws BatchException {
    List<SubmitOutcome> outcomes = connection.submit(List.of(request));
    if (outcomes.size() != 1) {
      throw new AssertionError("one request, but outcomes: " + outcomes);
    }
    return job(outcomes.get(0));
  }

  public static JobId job(SubmitOutcome outcome) throws BatchException {
    if (outcome instanceof SubmitOutcome.NotSubmitted not) {
      throw not.why();
    }
    return ((SubmitOutcome.Submitted) outcome).job();
  }
}
