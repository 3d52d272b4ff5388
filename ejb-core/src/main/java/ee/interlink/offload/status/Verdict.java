package ee.interlink.offload.status;

import ee.interlink.batch.JobState;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a job's end means for a container that left no evidence of its own: the one table. No
 * evidence of success is never success, so no exit code here is 0.
 *
 * @param exitCode the container's exit code as reported
 * @param reason the container's and the pod's reason
 * @param message for people
 */
record Verdict(int exitCode, String reason, String message) {
  private static final int TERMINATED = 143;
  private static final int KILLED = 137;
  private static final Map<JobState, Verdict> TABLE = new EnumMap<>(JobState.class);

  /** On a job that we have ended for its pod's deadline. */
  static final Verdict OVERDUE = new Verdict(TERMINATED, "DeadlineExceeded", PodStatusRule.OVERDUE);

  static {
    TABLE.put(
        JobState.COMPLETED,
        new Verdict(1, "NoEvidence", "the job completed, but the container left no exit code"));
    TABLE.put(
        JobState.FAILED, new Verdict(1, "JobFailed", "the job failed before the container ended"));
    TABLE.put(JobState.CANCELLED, new Verdict(TERMINATED, "Cancelled", "the job was cancelled"));
    TABLE.put(
        JobState.TIMED_OUT,
        new Verdict(TERMINATED, "DeadlineExceeded", "the job reached its time limit"));
    TABLE.put(
        JobState.OUT_OF_MEMORY,
        new Verdict(KILLED, "OOMKilled", "the job used more memory than it had asked for"));
    TABLE.put(
        JobState.LOST, new Verdict(KILLED, "NodeLost", "the job was lost with its node or place"));
    TABLE.put(
        JobState.UNKNOWN,
        new Verdict(1, "JobLost", "the scheduler has forgotten the job, and it left no exit code"));
  }

  /** The verdict on a job that is over; on any other there is none. */
  static Verdict on(JobState state) {
    Verdict verdict = TABLE.get(state);
    if (verdict == null) {
      throw new IllegalArgumentException("no verdict on a job that is " + state);
    }
    return verdict;
  }

  /** Whether such an end makes even a container that exited with 0 not a success. */
  static boolean overrulesSuccess(JobState state) {
    return state == JobState.CANCELLED
        || state == JobState.TIMED_OUT
        || state == JobState.OUT_OF_MEMORY
        || state == JobState.LOST;
  }
}
