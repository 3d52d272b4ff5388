package ee.interlink.offload.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the Kubernetes API writes them: in whole seconds. */
public final class ApiTime {
  private ApiTime() {}

  public static String of(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String of(long millis) {
    return of(Instant.ofEpochMilli(millis));
  }
}
