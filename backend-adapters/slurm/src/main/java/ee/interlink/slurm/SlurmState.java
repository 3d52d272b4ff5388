package ee.interlink.slurm;

import ee.interlink.batch.JobState;
import java.util.List;
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

  /**
   * Of those that come on top of another one, in the order in which squeue shows one of several
   * (slurm_protocol_defs.c, job_state_string). The passing ones are not among them.
   */
  private static final List<SlurmState> FLAGS =
      List.of(
          COMPLETING,
          STAGE_OUT,
          CONFIGURING,
          RESIZING,
          REQUEUED,
          REQUEUE_FED,
          REQUEUE_HOLD,
          SPECIAL_EXIT,
          STOPPED,
          REVOKED,
          RESV_DEL_HOLD,
          SIGNALING,
          POWER_UP_NODE);

  /** The one of several states of a job, as slurmrestd tells them, that squeue would show. */
  static String shown(List<String> states) {
    for (SlurmState flag : FLAGS) {
      if (states.contains(flag.name())) {
        return flag.name();
      }
    }
    return states.isEmpty() ? "" : states.get(0);
  }

  /** Whether a job waits in the queue. */
  static boolean isQueued(String state) {
    return meaning(state) == JobState.QUEUED;
  }

  /** Whether Slurm has nothing to add to the state: no reason, no exit code. */
  static boolean saysAll(String state) {
    return switch (meaning(state)) {
      case RUNNING, SUSPENDED, ENDING -> true;
      default -> false;
    };
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
