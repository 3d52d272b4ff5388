package ee.interlink.offload.status;

import ee.interlink.batch.JobState;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Derives a pod's conditions, in the kubelet's words. The time of a condition is that of the fact
 * which made it so; nothing is remembered.
 */
final class PodConditions {
  private final PodView view;
  private final Phase phase;
  private final boolean settled;
  private final List<PodCondition> conditions = new ArrayList<>();

  private PodConditions(PodView view, Phase phase, boolean settled) {
    this.view = view;
    this.phase = phase;
    this.settled = settled;
  }

  static List<PodCondition> of(
      PodView view,
      Phase phase,
      boolean settled,
      List<ContainerStatus> init,
      List<ContainerStatus> main) {
    PodConditions all = new PodConditions(view, phase, settled);
    all.add("PodScheduled", true, all.accepted(), null, null);
    Map<String, Container> sidecars = sidecars(view.pod().getSpec());
    all.initialized(
        names(
            init,
            status ->
                sidecars.containsKey(status.getName())
                    ? isStarted(status) || status.getState().getTerminated() != null
                    : isReady(status)));
    List<ContainerStatus> lasting = new ArrayList<>(main);
    init.stream().filter(status -> sidecars.containsKey(status.getName())).forEach(lasting::add);
    List<String> unready = names(lasting, PodConditions::isReady);
    all.ready("ContainersReady", unready);
    all.ready("Ready", unready);
    all.job();
    return all.conditions;
  }

  private void initialized(List<String> incomplete) {
    if (!incomplete.isEmpty()) {
      String message = "containers with incomplete status: " + list(incomplete);
      add("Initialized", false, accepted(), "ContainersNotInitialized", message);
    } else {
      long since =
          facts(view.pod().getSpec().getInitContainers())
              .mapToLong(this::doneAt)
              .max()
              .orElse(accepted());
      add("Initialized", true, since, phase == Phase.SUCCEEDED ? "PodCompleted" : null, null);
    }
  }

  private long doneAt(ContainerFacts init) {
    return Stream.of(init.attended().upAt(), init.endedAt(), init.startedAt())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(accepted());
  }

  private void ready(String type, List<String> unready) {
    Stream<ContainerFacts> containers = facts(view.pod().getSpec().getContainers());
    if (unready.isEmpty()) {
      long since = containers.mapToLong(this::readySince).max().orElse(accepted());
      add(type, true, since, null, null);
      return;
    }
    long since =
        containers
            .filter(facts -> !facts.runs() || settled || facts.care() != null)
            .mapToLong(this::unreadySince)
            .min()
            .orElse(accepted());
    switch (phase) {
      case SUCCEEDED -> add(type, false, since, "PodCompleted", null);
      case FAILED -> add(type, false, since, "PodFailed", null);
      default -> {
        String message = "containers with unready status: " + list(unready);
        add(type, false, since, "ContainersNotReady", message);
      }
    }
  }

  private long readySince(ContainerFacts facts) {
    return Stream.of(facts.startedAt(), facts.attended().upAt(), facts.attended().readyAt())
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .max()
        .orElse(accepted());
  }

  private long unreadySince(ContainerFacts facts) {
    if (facts.isOver()) {
      return facts.endedAt();
    }
    if (facts.runs() && !settled) {
      return facts.attended().readyAt() != null ? facts.attended().readyAt() : facts.startedAt();
    }
    boolean cutShort = facts.startedAt() != null && view.facts().overAt() != null;
    return cutShort ? view.facts().overAt() : accepted();
  }

  /** What Kubernetes has no condition for; in the scheduler's words. */
  private void job() {
    JobState job = view.facts().job();
    if (phase.isOpen() && job == JobState.UNKNOWN) {
      isFalse(PodStatusRule.JOB_KNOWN, "JobUnknown");
    } else if (phase.isOpen() && job == JobState.SUSPENDED) {
      isFalse(PodStatusRule.JOB_RUNNING, "JobSuspended");
    }
  }

  private void isFalse(String type, String reason) {
    conditions.add(
        new PodConditionBuilder()
            .withType(type)
            .withStatus("False")
            .withReason(reason)
            .withMessage(view.facts().words())
            .build());
  }

  private void add(String type, boolean status, long since, String reason, String message) {
    conditions.add(
        new PodConditionBuilder()
            .withType(type)
            .withStatus(status ? "True" : "False")
            .withLastTransitionTime(ApiTime.of(since))
            .withReason(reason)
            .withMessage(message)
            .build());
  }

  private long accepted() {
    return view.acceptedAt().toEpochMilli();
  }

  private Stream<ContainerFacts> facts(List<Container> containers) {
    return containers.stream().map(view::facts);
  }

  private static Map<String, Container> sidecars(PodSpec spec) {
    return spec.getInitContainers().stream()
        .filter(Care::isSidecar)
        .collect(Collectors.toMap(Container::getName, container -> container));
  }

  /** Of those that are not as they should be. */
  private static List<String> names(
      List<ContainerStatus> statuses, Predicate<ContainerStatus> asTheyShouldBe) {
    return statuses.stream().filter(asTheyShouldBe.negate()).map(ContainerStatus::getName).toList();
  }

  private static boolean isReady(ContainerStatus status) {
    return Boolean.TRUE.equals(status.getReady());
  }

  private static boolean isStarted(ContainerStatus status) {
    return Boolean.TRUE.equals(status.getStarted());
  }

  private static String list(List<String> names) {
    return names.stream().collect(Collectors.joining(" ", "[", "]"));
  }
}
