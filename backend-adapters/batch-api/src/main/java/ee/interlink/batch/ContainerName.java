package ee.interlink.batch;

/**
 * The name of a container within its pod: a DNS label, as Kubernetes requires.
 *
 * @param value never null; a {@link DnsLabel}
 */
public record ContainerName(String value) {
  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public ContainerName {
    if (!DnsLabel.is(value)) {
      throw new IllegalArgumentException("not a container name: " + Quoted.of(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
