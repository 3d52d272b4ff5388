package ee.interlink.site.jobs;

import ee.interlink.batch.JobId;
import java.util.Map;

/**
 * What a {@link SchedulerService} has told of the queue so far, for one that is asked for the
 * states of all jobs and for the rest of a single one only when its state has changed. Kept by
 * whoever asks, since the next question may come over another connection.
 *
 * @param told the states in the scheduler's words, by job
 * @param turn how many of the waiting jobs have been asked for once more; negative before the first
 *     question
 */
public record QueueMemory(Map<JobId, String> told, int turn) {
  /** Before the first question. */
  public static final QueueMemory NONE = new QueueMemory(Map.of(), -1);

  public QueueMemory {
    told = Map.copyOf(told);
  }

  /** Whether nothing has been asked yet. */
  public boolean first() {
    return turn < 0;
  }
}
