package ee.interlink.batch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is done for a container beside running it.
 *
 * @param probes at most one of each kind
 * @param postStart at its start; it does not count as running before that is over
 * @param preStop before its TERM
 * @param sidecar whether an init container stays for as long as the others run, and is started
 *     again whenever it ends (Kubernetes, "Sidecar Containers")
 * @param messagePath where in it the message of its end is; empty for nowhere
 * @param messageFromLog whether the end of its log is the message of a failure that has no other
 */
public record ContainerCare(
    List<Probe> probes,
    Optional<Handler> postStart,
    Optional<Handler> preStop,
    boolean sidecar,
    Optional<String> messagePath,
    boolean messageFromLog) {
  public static final ContainerCare NONE =
      new ContainerCare(
          List.of(), Optional.empty(), Optional.empty(), false, Optional.empty(), false);

  /**
   * @throws IllegalArgumentException if there are two probes of one kind
   */
  public ContainerCare {
    probes = List.copyOf(probes);
    Objects.requireNonNull(postStart, "postStart");
    Objects.requireNonNull(preStop, "preStop");
    Objects.requireNonNull(messagePath, "messagePath");
    if (probes.stream().map(Probe::kind).distinct().count() < probes.size()) {
      throw new IllegalArgumentException("two probes of one kind");
    }
  }

  /** Whether somebody has to look after it while it runs. */
  public boolean isAttended() {
    return sidecar || !probes.isEmpty() || postStart.isPresent() || preStop.isPresent();
  }

  public boolean hasProbe(Probe.Kind kind) {
    return probes.stream().anyMatch(probe -> probe.kind() == kind);
  }
}
