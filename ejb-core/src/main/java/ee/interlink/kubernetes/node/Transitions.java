package ee.interlink.kubernetes.node;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** When each condition of a node took on the status that it has. */
final class Transitions {
  private record Since(String status, Instant at) {}

  private final Map<String, Since> conditions = new HashMap<>();

  /** What the API server remembers of our last life. */
  synchronized void remember(String type, String status, String at) {
    if (at != null) {
      conditions.put(type, new Since(status, Instant.parse(at)));
    }
  }

  synchronized Instant of(String type, String status, Instant now) {
    Since since = conditions.get(type);
    if (since == null || !since.status().equals(status)) {
      since = new Since(status, now.truncatedTo(ChronoUnit.SECONDS));
      conditions.put(type, since);
    }
    return since.at();
  }
}
