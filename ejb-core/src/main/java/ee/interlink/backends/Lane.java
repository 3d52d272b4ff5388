package ee.interlink.backends;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * The guarded way to one backend. MicroProfile Fault Tolerance keeps the state of breakers and
 * bulkheads for each bean class and method, so {@link LaneExtension} makes a class of its own for
 * each configured backend out of this one: what one backend does never closes the way to another.
 * Each number can be changed by configuration as the specification says (section "Configuration"),
 * with the class name {@code ee.interlink.backends.Lane_<backend>}.
 */
public class Lane {

  /** Anything that a pod's way needs: submit, find, cancel, discard. */
  @Timeout(value = 60, unit = ChronoUnit.SECONDS)
  @CircuitBreaker(
      requestVolumeThreshold = 8,
      failureRatio = 0.5,
      delay = 3000, // milliseconds, the default: Payara 6 takes every delay for milliseconds
      failOn = {BackendUnavailableException.class, TimeoutException.class})
  @Bulkhead(32)
  public <T> T act(Guarded<T> call) throws BatchException {
    return call.run();
  }

  /**
   * What people wait for: logs. Kept apart so that readers never stand in the way of pods. A look
   * takes a moment, so who finds all places taken waits for one, up to ten seconds.
   */
  @Retry(
      maxRetries = 100,
      delay = 100,
      jitter = 50,
      maxDuration = 10_000,
      retryOn = BulkheadException.class)
  @Timeout(value = 20, unit = ChronoUnit.SECONDS)
  @Bulkhead(8)
  public <T> T read(Guarded<T> call) throws BatchException {
    return call.run();
  }

  /**
   * The observation round: one at a time anyway, and the probe that finds the backend well again.
   */
  @Timeout(value = 45, unit = ChronoUnit.SECONDS)
  public <T> T watch(Guarded<T> call) throws BatchException {
    return call.run();
  }
}
