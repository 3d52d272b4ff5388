package ee.interlink.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several at a time. */
final class Parallel {
  private Parallel() {}

  /** Returns once all are done; the first failure is thrown. */
  static void run(int atOnce, List<Runnable> all) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<?>> started = new ArrayList<>();
      all.forEach(each -> started.add(threads.submit(each)));
      for (Future<?> each : started) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
