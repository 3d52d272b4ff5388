package ee.interlink.batch;

import java.util.regex.Pattern;

/**
 * A login name at a site, under which jobs run. Chosen by configuration alone, never by a pod.
 *
 * @param value never null, never {@code root}; matches {@code [a-z_][a-z0-9_.-]{0,31}}
 */
public record AccountName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.-]{0,31}");

  /**
   * @throws IllegalArgumentException if the value has another form or names root
   */
  public AccountName {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an account name: " + Quoted.of(value));
    }
    if (value.equals("root")) {
      throw new IllegalArgumentException("jobs never run as root");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
