package ee.interlink.work;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How the application's own threads end with it: all by one deadline. */
public final class ThreadEnd {
  private static final System.Logger LOG = System.getLogger(ThreadEnd.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long INTERRUPT_MILLIS = 100;

  private ThreadEnd() {}

  /**
   * Interrupts these threads and waits for them, so that none outlives what it works with. Again
   * and again, because one interrupt may be swallowed by what a thread calls; and for ten seconds
   * at most, however many they are. One that is at work still is named in the log and left.
   */
  public static void await(List<Thread> threads) {
    Instant latest = Instant.now().plus(PATIENCE);
    try {
      for (List<Thread> left = atWork(threads); !left.isEmpty(); left = atWork(left)) {
        if (Instant.now().isAfter(latest)) {
          left.forEach(each -> LOG.log(WARNING, "{0} is still at work, and left", each.getName()));
          return;
        }
        left.forEach(Thread::interrupt);
        left.get(0).join(INTERRUPT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Thread> atWork(List<Thread> threads) {
    return threads.stream().filter(Thread::isAlive).toList();
  }
}
