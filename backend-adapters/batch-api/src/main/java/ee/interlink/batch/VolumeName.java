package ee.interlink.batch;

/**
 * The name of a volume within its pod: a DNS label, as Kubernetes requires.
 *
 * @param value never null; a {@link DnsLabel}
 */
public record VolumeName(String value) {
  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public VolumeName {
    if (!DnsLabel.is(value)) {
      throw new IllegalArgumentException("not a volume name: " + Quoted.of(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
