package ee.interlink.backends;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchConnection;
import ee.interlink.batch.BatchConnectionFactory;
import ee.interlink.batch.BatchException;
import ee.interlink.configuration.Backend;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** The one way from the core to a backend: a pooled connection, used within the backend's lane. */
@ApplicationScoped
public class BackendGateway {
  @Resource(lookup = "java:app/eis/batch")
  BatchConnectionFactory connections;

  @Inject @Any Instance<Lane> lanes;

  /** A call that must not be repeated by itself: whoever repeats it has to ask first. */
  public <T> T once(Backend backend, AccountName account, BackendCall<T> call)
      throws BatchException {
    return within(() -> lane(backend).act(with(backend, account, call)));
  }

  /** A call that may be repeated without harm, and is when the backend was away for a moment. */
  @Retry(
      maxRetries = 2,
      delay = 200,
      jitter = 150,
      delayUnit = ChronoUnit.MILLIS,
      jitterDelayUnit = ChronoUnit.MILLIS,
      retryOn = BackendUnavailableException.class)
  public <T> T again(Backend backend, AccountName account, BackendCall<T> call)
      throws BatchException {
    return within(() -> lane(backend).act(with(backend, account, call)));
  }

  /** For logs. */
  public <T> T read(Backend backend, AccountName account, BackendCall<T> call)
      throws BatchException {
    return within(() -> lane(backend).read(with(backend, account, call)));
  }

  /** For the observation round. */
  public <T> T watch(Backend backend, AccountName account, BackendCall<T> call)
      throws BatchException {
    return within(() -> lane(backend).watch(with(backend, account, call)));
  }

  /** Whether the backend's jobs can be given newer files; connects nowhere. */
  public boolean updates(Backend backend) {
    return connections.updates(backend.settings());
  }

  private Lane lane(Backend backend) {
    return lanes.select(new ForBackend.Literal(backend.name().value())).get();
  }

  private <T> Guarded<T> with(Backend backend, AccountName account, BackendCall<T> call) {
    return () -> {
      try (BatchConnection connection = connections.getConnection(backend.settings(), account)) {
        return call.on(connection);
      }
    };
  }

  /** What the guards say, in the words of the contract. */
  private static <T> T within(Guarded<T> guarded) throws BatchException {
    try {
      return guarded.run();
    } catch (TimeoutException e) {
      throw new BackendUnavailableException("the backend did not answer in time", e);
    } catch (CircuitBreakerOpenException e) {
      throw new BackendUnavailableException("the backend failed repeatedly and is given a rest", e);
    } catch (BulkheadException e) {
      throw new BackendUnavailableException("too many calls to the backend at once", e);
    }
  }
}
