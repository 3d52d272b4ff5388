package ee.interlink.kubernetes.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.offload.pod.PodJson;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A pod's status as it was last told, in short: enough to see whether another one is news, and what
 * the news is.
 *
 * @param digest of all that we say in a status
 * @param phase may be empty
 * @param job the job's id, if we have told it
 * @param containers what each is doing, by name
 */
record ToldStatus(long digest, String phase, String job, Map<String, Doing> containers) {
  static final ToldStatus NOTHING = new ToldStatus(0, "", "", Map.of());

  /** The annotation that the original writes, and that tools read. */
  static final String JOB = "JobID";

  private static final Set<String> TERMINAL = Set.of("Succeeded", "Failed");

  /** The parts of a status that are ours to say; the rest others write. */
  private static final List<String> OURS =
      List.of(
          "phase",
          "reason",
          "message",
          "startTime",
          "hostIP",
          "podIP",
          "containerStatuses",
          "initContainerStatuses");

  /** What a container is doing. */
  enum What {
    WAITING,
    RUNNING,
    TERMINATED
  }

  /**
   * @param reason and message: of waiting, or of the end
   * @param exitCode of the end, else 0
   */
  record Doing(What what, String reason, String message, int exitCode, int restarts) {
    static Doing of(ContainerStatus status) {
      ContainerState state = Optional.ofNullable(status.getState()).orElseGet(ContainerState::new);
      int restarts = Optional.ofNullable(status.getRestartCount()).orElse(0);
      if (state.getTerminated() != null) {
        ContainerStateTerminated end = state.getTerminated();
        return new Doing(
            What.TERMINATED,
            text(end.getReason()),
            text(end.getMessage()),
            end.getExitCode(),
            restarts);
      }
      if (state.getRunning() != null) {
        return new Doing(What.RUNNING, "", "", 0, restarts);
      }
      ContainerStateWaiting waiting = state.getWaiting();
      return new Doing(
          What.WAITING,
          waiting == null ? "" : text(waiting.getReason()),
          waiting == null ? "" : text(waiting.getMessage()),
          0,
          restarts);
    }
  }

  ToldStatus {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(job, "job");
    containers = Map.copyOf(containers);
  }

  static ToldStatus of(Pod pod) {
    Map<String, String> annotations =
        Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
    PodStatus status = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
    return of(status, annotations.getOrDefault(JOB, ""));
  }

  /**
   * @param job the job's id; empty if there is none yet
   */
  static ToldStatus of(PodStatus status, String job) {
    Map<String, Doing> containers = new HashMap<>();
    Stream.concat(
            status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
        .forEach(container -> containers.put(container.getName(), Doing.of(container)));
    return new ToldStatus(digest(status, job), text(status.getPhase()), job, containers);
  }

  boolean isTerminal() {
    return TERMINAL.contains(phase);
  }

  private static long digest(PodStatus status, String job) {
    JsonNode tree = withoutEmpty(PodJson.mapper().valueToTree(status));
    ObjectNode ours = PodJson.mapper().createObjectNode();
    OURS.forEach(field -> ours.set(field, tree.get(field)));
    List<JsonNode> conditions = new ArrayList<>();
    for (JsonNode condition : tree.path("conditions")) {
      if (isOurs(condition.path("type").asText())) {
        conditions.add(condition);
      }
    }
    conditions.stream()
        .sorted((a, b) -> a.path("type").asText().compareTo(b.path("type").asText()))
        .forEach(ours.putArray("conditions")::add);
    return hash(job + ours);
  }

  /** The API server writes {@code lastState: {}} and {@code null} where we write nothing. */
  private static JsonNode withoutEmpty(JsonNode node) {
    for (JsonNode child : node) {
      withoutEmpty(child);
    }
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(e -> e.getValue().isNull() || isEmptyObject(e.getValue()));
    }
    return node;
  }

  private static boolean isEmptyObject(JsonNode node) {
    return node.isObject() && node.isEmpty();
  }

  /** PodScheduled is the scheduler's to write, and others have theirs. */
  static boolean isOurs(String condition) {
    return Set.of("Initialized", "ContainersReady", "Ready").contains(condition)
        || condition.startsWith("interlink.ee/");
  }

  /** 64 bits, so that two statuses of one pod that differ never seem the same by chance. */
  private static long hash(String text) {
    long hash = 1_125_899_906_842_597L;
    for (int i = 0; i < text.length(); i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
