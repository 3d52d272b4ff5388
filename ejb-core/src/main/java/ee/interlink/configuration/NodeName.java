package ee.interlink.configuration;

import java.util.regex.Pattern;

/**
 * The name of a Kubernetes node, the {@code <name>} of {@code interlink.nodes.<name>}. A DNS label:
 * Kubernetes would allow dots too, but they part the words of a key.
 *
 * @param value never null; matches {@code [a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?}
 */
public record NodeName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public NodeName {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a node name");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
