package ee.interlink.batch;

import java.util.regex.Pattern;

/**
 * The name of a backend in {@code interlink.backends.<name>}: a DNS label.
 *
 * @param value never null; matches {@code [a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?}
 */
public record BackendName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public BackendName {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a backend name: " + Quoted.of(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
