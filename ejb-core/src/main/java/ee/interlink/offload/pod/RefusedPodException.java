package ee.interlink.offload.pod;

import java.util.List;
import java.util.stream.Collectors;

/** A pod that cannot be run as it stands; every fault is named. Its author can mend it. */
public final class RefusedPodException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<FieldFault> faults;

  public RefusedPodException(List<FieldFault> faults) {
    super(faults.stream().map(FieldFault::toString).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  public List<FieldFault> faults() {
    return faults;
  }
}
