package ee.interlink.benchmarks;

import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/** Whether a count is what it was when last asked. */
final class Unchanged implements Callable<Boolean> {
  private final LongSupplier count;
  private long last = -1;

  Unchanged(LongSupplier count) {
    this.count = count;
  }

  @Override
  public Boolean call() {
    long now = count.getAsLong();
    boolean same = now == last;
    last = now;
    return same;
  }
}
