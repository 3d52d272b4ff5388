package ee.interlink.batch;

import java.util.regex.Pattern;

/**
 * The name of a container within its pod: a DNS label, as Kubernetes requires.
 *
 * @param value never null; matches {@code [a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?}
 */
public record ContainerName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public ContainerName {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a container name: " + Quoted.of(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
