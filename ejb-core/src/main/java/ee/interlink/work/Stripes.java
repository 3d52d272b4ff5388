package ee.interlink.work;

import ee.interlink.batch.PodUid;
import java.util.stream.IntStream;

/** Locks for pods: one pod always has the same, and two seldom share one. */
public final class Stripes {
  private static final int LOCKS = 64;
  private final Object[] locks = IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();

  /** To be held by {@code synchronized}, and never together with another pod's. */
  public Object of(PodUid uid) {
    return locks[Math.floorMod(uid.hashCode(), LOCKS)];
  }
}
