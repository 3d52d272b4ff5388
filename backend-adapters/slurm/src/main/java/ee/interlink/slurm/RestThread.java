package ee.interlink.slurm;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Where questions are asked, so that whoever waits for an answer can be interrupted: no HTTP client
 * below us hears of an interruption. What nobody waits for any more goes on until its time limit,
 * as a command does at a site: a submission is better finished than cut.
 */
final class RestThread implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "interlink-slurmrestd");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Asks, and waits for the answer. What the question itself writes to is the caller's again only
   * if this returns.
   *
   * @throws BackendUnavailableException also if this thread is interrupted, which it then stays
   */
  RestAnswer ask(Callable<RestAnswer> question) throws BatchException {
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException("before the question");
      }
      return threads.submit(question).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendUnavailableException("interrupted while asking slurmrestd", e);
    } catch (ExecutionException e) {
      throw asked(e.getCause());
    }
  }

  /** What a question has thrown, with the stack of both threads. */
  private static BatchException asked(Throwable cause) {
    cause.addSuppressed(new Throwable("asked here"));
    if (cause instanceof BatchException known) {
      return known;
    }
    if (cause instanceof RuntimeException fault) {
      throw fault;
    }
    if (cause instanceof Error fault) {
      throw fault;
    }
    throw new IllegalStateException(cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
