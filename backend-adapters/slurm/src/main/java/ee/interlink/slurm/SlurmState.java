package ee.interlink.slurm;

import ee.interlink.batch.JobState;
import java.util.Locale;

/**
 * Every state that squeue and sacct print in their long form (squeue(1), "JOB STATE CODES"; base
 * states and flags alike), and what it means to us. The one place that decides it.
 */
enum SlurmState {
  PENDING(JobState.QUEUED),
  CONFIGURING(JobState.QUEUED),
  POWER_UP_NODE(JobState.QUEUED),
  REQUEUED(JobState.QUEUED),
  REQUEUE_FED(JobState.QUEUED),
  REQUEUE_HOLD(JobState.QUEUED),
  SPECIAL_EXIT(JobState.QUEUED),
  RESV_DEL_HOLD(JobState.QUEUED),

  RUNNING(JobState.RUNNING),
  RESIZING(JobState.RUNNING),
  SIGNALING(JobState.RUNNING),

  STOPPED(JobState.SUSPENDED),
  SUSPENDED(JobState.SUSPENDED),

  COMPLETING(JobState.ENDING),
  STAGE_OUT(JobState.ENDING),

  COMPLETED(JobState.COMPLETED),
  FAILED(JobState.FAILED),
  CANCELLED(JobState.CANCELLED),
  TIMEOUT(JobState.TIMED_OUT),
  DEADLINE(JobState.TIMED_OUT),
  OUT_OF_MEMORY(JobState.OUT_OF_MEMORY),
  BOOT_FAIL(JobState.LOST),
  LAUNCH_FAILED(JobState.LOST),
  NODE_FAIL(JobState.LOST),
  PREEMPTED(JobState.LOST),
  REVOKED(JobState.LOST),

  /** Passing flags of the controller; the base state comes with the next question. */
  RECONFIG_FAIL(JobState.UNKNOWN),
  UPDATE_DB(JobState.UNKNOWN);

  private final JobState meaning;

  SlurmState(JobState meaning) {
    this.meaning = meaning;
  }

  /** A state that this version does not know keeps the pod as it is. */
  static JobState meaning(String state) {
    for (SlurmState known : values()) {
      if (known.name().equals(state)) {
        return known.meaning;
      }
    }
    return JobState.UNKNOWN;
  }

  /** The state for people, with Slurm's reason if it gives one. */
  static String words(String state, String reason) {
    boolean known = false;
    for (SlurmState each : values()) {
      known |= each.name().equals(state.toUpperCase(Locale.ROOT));
    }
    String words = known ? state : "state " + state + ", which this version does not know";
    boolean silent = reason.isEmpty() || reason.equals("None") || reason.equals("(null)");
    return silent ? words : words + " (" + reason + ")";
  }
}
