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
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The log of one run of one container of one pod, piece by piece. It stays with its run: when the
 * container is started again, the rest is read where the earlier run's output is kept.
 */
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
  private final boolean previous;
  private final int run;
  private int later;

  private ContainerLog(Pods pods, PodUid uid, ContainerName container, boolean previous, int run) {
    this.pods = pods;
    this.uid = uid;
    this.container = container;
    this.previous = previous;
    this.run = run;
  }

  /**
   * The present or last run's.
   *
   * @param named a container's name; empty or null for the only one
   * @throws ProblemException if there is no such pod or container, or several to choose from
   */
  public static ContainerLog of(Pods pods, PodUid uid, String named) {
    Pod pod = pod(pods, uid);
    ContainerName container = container(pod, named);
    int run = status(pod, container).map(ContainerLog::restarts).orElse(0);
    return new ContainerLog(pods, uid, container, false, run);
  }

  /**
   * That of the run before.
   *
   * @throws ProblemException if there was none
   */
  ContainerLog ofPreviousRun() {
    Pod pod = pod(pods, uid);
    boolean ranBefore =
        status(pod, container)
            .map(ContainerStatus::getLastState)
            .filter(last -> last.getTerminated() != null)
            .isPresent();
    if (!ranBefore) {
      throw new ProblemException(
          ProblemKind.INVALID_PARAMETER,
          "previous terminated container \"%s\" in pod \"%s\" not found"
              .formatted(container.value(), pod.getMetadata().getName()));
    }
    return new ContainerLog(pods, uid, container, true, run);
  }

  /** A piece of the output from there on; empty at the present end, and when it is gone. */
  LogChunk piece(long offset, int limit) throws BatchException {
    return read(LogFile.Kind.OUTPUT, LogFile.Kind.PREVIOUS_OUTPUT, offset, limit);
  }

  /** A piece of the file that says when the output was written; its form is LogFile's. */
  LogChunk times(long offset) throws BatchException {
    return read(LogFile.Kind.TIMES, LogFile.Kind.PREVIOUS_TIMES, offset, PIECE);
  }

  private LogChunk read(LogFile.Kind present, LogFile.Kind earlier, long offset, int limit)
      throws BatchException {
    int back = later + (previous ? 1 : 0);
    LogChunk nothing = new LogChunk(Math.max(offset, 0), new byte[0]);
    if (back > 1) {
      return nothing; // only one earlier run is kept
    }
    LogFile file = new LogFile(container, back == 0 ? present : earlier);
    return pods.log(uid, file, new LogRange(offset, Math.min(limit, PIECE))).orElse(nothing);
  }

  Writer writer() {
    return previous
        ? Writer.DONE
        : pods.find(uid)
            .flatMap(pod -> status(pod, container))
            .map(this::writer)
            .orElse(Writer.DONE);
  }

  private Writer writer(ContainerStatus status) {
    later = Math.max(0, restarts(status) - run);
    if (later > 0) {
      return Writer.DONE;
    }
    if (status.getState() == null || status.getState().getWaiting() != null) {
      boolean waitsAgain =
          status.getLastState() != null && status.getLastState().getTerminated() != null;
      return waitsAgain ? Writer.DONE : Writer.NOT_YET;
    }
    return status.getState().getTerminated() != null ? Writer.DONE : Writer.WRITING;
  }

  private static int restarts(ContainerStatus status) {
    return status.getRestartCount() == null ? 0 : status.getRestartCount();
  }

  private static Pod pod(Pods pods, PodUid uid) {
    return pods.find(uid)
        .orElseThrow(() -> new ProblemException(ProblemKind.NO_SUCH_POD, uid.value()));
  }

  private static ContainerName container(Pod pod, String named) {
    List<String> main = pod.getSpec().getContainers().stream().map(Container::getName).toList();
    if ((named == null || named.isEmpty()) && main.size() == 1) {
      return new ContainerName(main.get(0));
    }
    List<String> all =
        Stream.concat(
                pod.getSpec().getInitContainers().stream().map(Container::getName), main.stream())
            .toList();
    if (named == null || !all.contains(named)) {
      throw new ProblemException(
          ProblemKind.INVALID_PARAMETER,
          "name one of the pod's containers: " + String.join(", ", all));
    }
    return new ContainerName(named);
  }

  private static Optional<ContainerStatus> status(Pod pod, ContainerName container) {
    return Stream.concat(
            pod.getStatus().getContainerStatuses().stream(),
            pod.getStatus().getInitContainerStatuses().stream())
        .filter(status -> status.getName().equals(container.value()))
        .findFirst();
  }
}
