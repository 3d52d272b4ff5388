package ee.interlink.launcher;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C and TERM into an interrupt of the main thread, and keeps the JVM until that thread
 * has cleaned up: there is one place that deletes the pod and stops the server, not two.
 */
final class Interruption {
  private final CountDownLatch cleanedUp = new CountDownLatch(1);

  private Interruption() {}

  static Interruption of(Thread main) {
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (interruption.cleanedUp.getCount() > 0) {
                    main.interrupt();
                    interruption.awaitCleanUp();
                  }
                },
                "on-signal"));
    return interruption;
  }

  /** Nothing is left to clean up. */
  void over() {
    cleanedUp.countDown();
  }

  private void awaitCleanUp() {
    try {
      cleanedUp.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
