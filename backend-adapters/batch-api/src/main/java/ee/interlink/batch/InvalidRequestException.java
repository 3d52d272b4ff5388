package ee.interlink.batch;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a pod says of itself cannot be honoured, whatever the site says: its author can mend it.
 * Told before the pod is taken in, unlike a {@link JobRejectedException}.
 */
public final class InvalidRequestException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Map<String, String> faults;

  /**
   * @param faults by the path of the pod's field, as {@code kubectl explain} writes it: the end of
   *     a sentence that begins with the field; never with a secret
   */
  public InvalidRequestException(Map<String, String> faults) {
    super(
        new TreeMap<>(faults)
            .entrySet().stream()
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining("; ")));
    this.faults = Collections.unmodifiableMap(new TreeMap<>(faults));
  }

  /** All faults, in order of field. */
  public Map<String, String> faults() {
    return faults;
  }
}
