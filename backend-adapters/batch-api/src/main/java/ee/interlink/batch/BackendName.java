package ee.interlink.batch;

/**
 * The name of a backend in {@code interlink.backends.<name>}: a DNS label.
 *
 * @param value never null; a {@link DnsLabel}
 */
public record BackendName(String value) {
  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public BackendName {
    if (!DnsLabel.is(value)) {
      throw new IllegalArgumentException("not a backend name: " + Quoted.of(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
