package ee.interlink.offload.lifecycle;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a pod stands on its way, as the journal knows it. */
public enum Stage {
  /** The intent is recorded: a job is owed, and may already exist if we crashed. */
  SUBMIT,
  /** The job exists and its id is recorded. */
  ACTIVE,
  /** The job is over; what it left is kept until the pod is deleted. */
  ENDED,
  /** The backend refuses the job for good; there is none. */
  REFUSED,
  /** Deletion is asked for; the job is to end, and the backend to confirm it. */
  CANCEL,
  /** There is no job any more; what it left at the site is to be removed. */
  DISCARD,
  /** Nothing is left at the site; the pod's cluster is still to be told so. */
  LEFT,
  /** Nothing is left; the row goes. */
  GONE;

  private static final Map<Stage, Set<Stage>> LEGAL = new EnumMap<>(Stage.class);

  static {
    LEGAL.put(SUBMIT, EnumSet.of(ACTIVE, REFUSED, CANCEL, DISCARD));
    LEGAL.put(ACTIVE, EnumSet.of(ENDED, CANCEL));
    LEGAL.put(ENDED, EnumSet.of(DISCARD));
    LEGAL.put(REFUSED, EnumSet.of(DISCARD));
    LEGAL.put(CANCEL, EnumSet.of(DISCARD));
    LEGAL.put(DISCARD, EnumSet.of(LEFT, GONE));
    LEGAL.put(LEFT, EnumSet.of(GONE));
    LEGAL.put(GONE, EnumSet.noneOf(Stage.class));
  }

  /** Whether the journal may write this step. */
  public boolean mayBecome(Stage next) {
    return LEGAL.get(this).contains(next);
  }
}
