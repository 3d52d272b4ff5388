package ee.interlink.batch;

import java.util.regex.Pattern;

/**
 * A batch system's own name of a job, as it prints it. Unique only within one backend, and possibly
 * used again years later; the {@link PodUid} is what identifies.
 *
 * @param value never null; matches {@code [A-Za-z0-9][A-Za-z0-9._:#@-]{0,127}}
 */
public record JobId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:#@-]{0,127}");

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public JobId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a job id: " + Quoted.of(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
