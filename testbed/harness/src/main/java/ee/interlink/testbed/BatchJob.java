package ee.interlink.testbed;

/**
 * A job as the batch system's own commands show it.
 *
 * @param name a pod's UID
 * @param words the state in the batch system's own words, for instance {@code RUNNING}
 */
public record BatchJob(String id, String name, State state, String words) {
  /** What tests tell apart. */
  public enum State {
    /** It has not started. */
    WAITING,
    RUNNING,
    /** None of the others: on its way to an end, held, suspended. */
    BETWEEN,
    /** Nothing of it runs or will run. */
    OVER
  }

  public boolean waiting() {
    return state == State.WAITING;
  }

  public boolean running() {
    return state == State.RUNNING;
  }

  public boolean over() {
    return state == State.OVER;
  }
}
