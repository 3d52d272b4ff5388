package ee.interlink.batch;

/** What a scheduler says of a job as a whole. Each driver has one table from its own states. */
public enum JobState {
  /** In the queue, also held or suspended before its start. */
  QUEUED(false),
  /** In the queue once more: its machine was taken from it, and what ran there is over. */
  REQUEUED(false),
  /** Has its resources; the containers' own reports say more. */
  RUNNING(false),
  /** Has its resources, but the scheduler lets nothing of it run for the moment. */
  SUSPENDED(false),
  /** The work is over, the scheduler still cleans up. */
  ENDING(false),
  /** Neither queue nor accounting knows it at present. Never the same as ended. */
  UNKNOWN(false),
  /** Ended by itself with exit code 0. */
  COMPLETED(true),
  /** Ended by itself otherwise. */
  FAILED(true),
  /** Ended by a person or by us. */
  CANCELLED(true),
  /** Ended by its time limit or deadline. */
  TIMED_OUT(true),
  /** Ended for using more memory than it asked for. */
  OUT_OF_MEMORY(true),
  /** Ended by a lost node, a failed boot or preemption: through no fault of its own. */
  LOST(true);

  private final boolean ended;

  JobState(boolean ended) {
    this.ended = ended;
  }

  /** Whether nothing of the job runs any more and nothing will. */
  public boolean ended() {
    return ended;
  }
}
