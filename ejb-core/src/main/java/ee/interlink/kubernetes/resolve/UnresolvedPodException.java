package ee.interlink.kubernetes.resolve;

import java.util.Optional;

public final class UnresolvedPodException extends Exception {
  private static final long serialVersionUID = 1L;

  UnresolvedPodException(String m) {
    super(m);
  }

  public static UnresolvedPodException mount(String m) {
    return new UnresolvedPodException(m);
  }

  public String waitingReason() {
    return "ContainerCreating";
  }

  public String eventReason() {
    return "FailedMount";
  }

  public Optional<String> container() {
    return Optional.empty();
  }
}
