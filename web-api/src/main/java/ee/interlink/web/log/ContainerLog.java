package ee.interlink.web.log;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.LogChunk;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The log of one container of one pod, piece by piece. */
public final class ContainerLog {
  /** What is held in memory of a log at any time. */
  static final int PIECE = 64 << 10;

  /** What a container is doing, as far as its log is concerned. */
  enum Writer {
    NOT_YET,
    WRITING,
    DONE
  }

  private final Pods pods;
  private final PodUid uid;
  private final ContainerName container;

  private ContainerLog(Pods pods, PodUid uid, ContainerName container) {
    this.pods = pods;
    this.uid = uid;
    this.container = container;
  }

  /**
   * @param named a container's name; empty or null for the only one
   * @throws ProblemException if there is no such pod or container, or several to choose from
   */
  public static ContainerLog of(Pods pods, PodUid uid, String named) {
    Pod pod =
        pods.find(uid)
            .orElseThrow(() -> new ProblemException(ProblemKind.NO_SUCH_POD, uid.value()));
    List<String> main = pod.getSpec().getContainers().stream().map(c -> c.getName()).toList();
    if ((named == null || named.isEmpty()) && main.size() == 1) {
      return new ContainerLog(pods, uid, new ContainerName(main.get(0)));
    }
    List<String> all =
        Stream.concat(
                pod.getSpec().getInitContainers().stream().map(c -> c.getName()), main.stream())
            .toList();
    if (named == null || !all.contains(named)) {
      throw new ProblemException(
          ProblemKind.INVALID_PARAMETER,
          "name one of the pod's containers: " + String.join(", ", all));
    }
    return new ContainerLog(pods, uid, new ContainerName(named));
  }

  /** A piece from there on; empty at the present end, and when the pod is gone. */
  LogChunk piece(long offset, int limit) throws BatchException {
    return pods.log(uid, LogFile.output(container), new LogRange(offset, Math.min(limit, PIECE)))
        .orElseGet(() -> new LogChunk(Math.max(offset, 0), new byte[0]));
  }

  Writer writer() {
    return pods.find(uid)
        .flatMap(this::status)
        .map(
            status -> {
              if (status.getState() == null || status.getState().getWaiting() != null) {
                return Writer.NOT_YET;
              }
              return status.getState().getTerminated() != null ? Writer.DONE : Writer.WRITING;
            })
        .orElse(Writer.DONE);
  }

  private Optional<ContainerStatus> status(Pod pod) {
    return Stream.concat(
            pod.getStatus().getContainerStatuses().stream(),
            pod.getStatus().getInitContainerStatuses().stream())
        .filter(status -> status.getName().equals(container.value()))
        .findFirst();
  }
}
