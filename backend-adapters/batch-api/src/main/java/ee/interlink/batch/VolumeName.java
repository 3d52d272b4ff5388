package ee.interlink.batch;

import java.util.regex.Pattern;

/**
 * The name of a volume within its pod: a DNS label, as Kubernetes requires.
 *
 * @param value never null; matches {@code [a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?}
 */
public record VolumeName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public VolumeName {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a volume name: " + Quoted.of(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
