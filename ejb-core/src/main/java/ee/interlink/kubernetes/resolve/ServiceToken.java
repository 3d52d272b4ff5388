package ee.interlink.kubernetes.resolve;

import java.time.Instant;
import java.util.Objects;

/**
 * A token of a service account.
 *
 * @param text secret
 * @param expires when the API server takes it no longer, at the earliest
 */
public record ServiceToken(String text, Instant expires) {
  public ServiceToken {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(expires, "expires");
  }

  @Override
  public String toString() {
    return "a token until " + expires;
  }
}
