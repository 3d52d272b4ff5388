package ee.interlink.backends;

import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BatchConnection;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Capacity;
import ee.interlink.configuration.Backend;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each backend has, by its last answer; in memory. One question a minute, whoever wants to
 * know, and a few seconds after one that was not answered.
 */
@ApplicationScoped
public class Capacities {
  private static final System.Logger LOG = System.getLogger(Capacities.class.getName());
  private static final Duration GOOD_FOR = Duration.ofMinutes(1);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Map<BackendName, Last> last = new ConcurrentHashMap<>();
  private BackendGateway gateway;

  /** The state of one backend; its lock is held while it is asked. */
  private static final class Last {
    private volatile Optional<Capacity> answer = Optional.empty();
    private volatile boolean asked;
    private Instant due = Instant.MIN;
  }

  Capacities() {}

  @Inject
  public Capacities(BackendGateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Asks the backend if it is time to, which takes as long as a command there may take.
   *
   * @return the last answer there was: a batch system that is out has not lost its machines
   */
  public Optional<Capacity> ask(Backend backend, Instant now) {
    Last known = last.computeIfAbsent(backend.name(), name -> new Last());
    synchronized (known) {
      if (!now.isBefore(known.due)) {
        try {
          known.answer =
              Optional.of(gateway.read(backend, backend.account(), BatchConnection::capacity));
          known.due = now.plus(GOOD_FOR);
        } catch (BatchException e) {
          LOG.log(WARNING, "backend {0}: capacity not told: {1}", backend.name(), e.getMessage());
          known.due = now.plus(AGAIN);
        }
        known.asked = true;
      }
    }
    return known.answer;
  }

  /** The last answer; asks nobody. */
  public Optional<Capacity> last(BackendName backend) {
    return Optional.ofNullable(last.get(backend)).flatMap(known -> known.answer);
  }

  /** Whether the first question has been answered, or was in vain. */
  public boolean asked(BackendName backend) {
    Last known = last.get(backend);
    return known != null && known.asked;
  }
}
