package ee.interlink.web.log;

import ee.interlink.batch.BatchException;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/**
 * Where logs are streamed: on managed threads of a bounded number, so that followers, who stay for
 * hours, never take the threads that requests come in by.
 */
@ApplicationScoped
public class LogFollowers {
  private static final int MOST = 128;

  private final Semaphore places;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  ManagedExecutorService managed;

  private ExecutorService executor;

  public LogFollowers() {
    this(null, MOST);
  }

  LogFollowers(ExecutorService executor, int most) {
    this.executor = executor;
    this.places = new Semaphore(most);
  }

  /**
   * Answers with a log, and holds its place until the log or its reader has ended.
   *
   * @throws ProblemException if all places are taken
   */
  public void stream(ContainerLog log, LogRequest request, AsyncResponse answer) {
    if (!places.tryAcquire()) {
      throw new ProblemException(
          ProblemKind.TOO_MANY_FOLLOWERS, "try again later, or without following");
    }
    Runnable work =
        () -> {
          try {
            answer.resume(response(log, request));
          } catch (BatchException | RuntimeException e) {
            answer.resume(e); // becomes a problem there
          } finally {
            places.release();
          }
        };
    boolean handedOver = false;
    try {
      (executor == null ? managed : executor).execute(work);
      handedOver = true;
    } finally {
      if (!handedOver) {
        places.release();
      }
    }
  }

  private static Response response(ContainerLog log, LogRequest request) throws BatchException {
    return Response.ok(LogStream.open(log, request, LogFollowers::sleep))
        .type("text/plain;charset=utf-8")
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store")
        .build();
  }

  private static void sleep(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
