package ee.interlink.backends;

import ee.interlink.batch.BackendName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How each backend was at its last observation round; in memory, since it is asked anew each time.
 */
@ApplicationScoped
public class BackendHealth {
  private final Map<BackendName, Health> last = new ConcurrentHashMap<>();

  /**
   * @param healthy whether the last round was answered
   * @param reason why not; empty if healthy
   * @param since when that began
   */
  public record Health(boolean healthy, String reason, Instant since) {
    public Health {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(since, "since");
    }
  }

  /** The last word about a backend; before the first round it is not healthy. */
  public Health of(BackendName backend) {
    return last.getOrDefault(backend, new Health(false, "not asked yet", Instant.EPOCH));
  }

  /**
   * Notes that a backend answered.
   *
   * @return whether this is news
   */
  public boolean up(BackendName backend, Instant now) {
    return note(backend, new Health(true, "", now));
  }

  /**
   * Notes that a backend did not answer.
   *
   * @return whether this is news
   */
  public boolean down(BackendName backend, String reason, Instant now) {
    return note(backend, new Health(false, reason, now));
  }

  private boolean note(BackendName backend, Health now) {
    Health before = last.get(backend);
    boolean changed = before == null || before.healthy() != now.healthy();
    last.put(backend, changed ? now : new Health(now.healthy(), now.reason(), before.since()));
    return changed;
  }
}
