package ee.interlink.web.wire;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets callers wait for a job's id: on managed threads of a bounded number, so that a burst of
 * creates does not keep statuses from being asked for. Whoever finds all places taken does not
 * wait.
 */
@ApplicationScoped
public class SubmissionWaits {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final int MOST = 64;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  ManagedExecutorService managed;

  private final ExecutorService executor;
  private final Semaphore places;

  public SubmissionWaits() {
    this(null, MOST);
  }

  SubmissionWaits(ExecutorService executor, int most) {
    this.executor = executor;
    this.places = new Semaphore(most);
  }

  /** Answers once the pod's submission is decided, or the time is over. */
  void resume(Pods pods, PodUid uid, AsyncResponse answer, Supplier<Response> response) {
    if (!places.tryAcquire()) {
      answer.resume(response.get());
      return;
    }
    try {
      (executor == null ? managed : executor).execute(() -> await(pods, uid, answer, response));
    } catch (RejectedExecutionException e) {
      places.release();
      answer.resume(response.get());
    }
  }

  private void await(Pods pods, PodUid uid, AsyncResponse answer, Supplier<Response> response) {
    try {
      pods.awaitSubmission(uid, LONGEST);
      answer.resume(response.get());
    } catch (RuntimeException e) {
      answer.resume(e); // becomes a problem there
    } finally {
      places.release();
    }
  }
}
