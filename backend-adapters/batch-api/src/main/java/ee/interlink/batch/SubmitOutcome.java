package ee.interlink.batch;

import java.util.Objects;

/** What became of one request among those submitted together. */
public sealed interface SubmitOutcome {

  /** The pod has a job. */
  record Submitted(JobId job) implements SubmitOutcome {
    public Submitted {
      Objects.requireNonNull(job, "job");
    }
  }

  /**
   * The caller has no job for the pod.
   *
   * @param why {@link JobRejectedException} if there is none and never will be; after any other the
   *     caller must ask {@link BatchConnection#find} before it tries again
   */
  record NotSubmitted(BatchException why) implements SubmitOutcome {
    public NotSubmitted {
      Objects.requireNonNull(why, "why");
    }
  }
}
