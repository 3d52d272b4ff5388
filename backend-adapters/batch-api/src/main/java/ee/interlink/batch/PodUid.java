package ee.interlink.batch;

import java.util.regex.Pattern;

/**
 * The UID of a pod: the identity that travels inside the job, on every backend. A UUID for pods of
 * Kubernetes and of the portal; static pods have a hexadecimal hash.
 *
 * @param value never null; matches {@code [a-z0-9][a-z0-9-]{0,63}}
 */
public record PodUid(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public PodUid {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a pod UID: " + Quoted.of(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
