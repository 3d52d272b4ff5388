package ee.interlink.configuration;

import ee.interlink.batch.DnsLabel;

/**
 * The name of a Kubernetes node, the {@code <name>} of {@code interlink.nodes.<name>}. A DNS label:
 * Kubernetes would allow dots too, but they part the words of a key.
 *
 * @param value never null; a {@link DnsLabel}
 */
public record NodeName(String value) {
  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public NodeName {
    if (!DnsLabel.is(value)) {
      throw new IllegalArgumentException("not a node name");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
