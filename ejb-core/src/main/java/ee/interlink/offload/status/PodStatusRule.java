package ee.interlink.offload.status;

import ee.interlink.batch.JobState;
import ee.interlink.offload.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Derives a pod's status from what was observed, each time anew (Kubernetes API, "Pod Lifecycle":
 * pod phase, container states, conditions). A pure function: same facts, same status.
 */
public final class PodStatusRule {
  private PodStatusRule() {}

  public static PodStatus derive(PodView view, Instant now) {
    boolean settled = isSettled(view, now);
    ContainerStatusRule containers = new ContainerStatusRule(view, settled);
    List<Container> init = view.pod().getSpec().getInitContainers();
    List<Container> main = view.pod().getSpec().getContainers();
    List<ContainerStatus> initStatuses = init.stream().map(containers::init).toList();
    List<ContainerStatus> statuses = main.stream().map(containers::main).toList();
    Phase phase = phase(view, settled, initStatuses, statuses);
    PodStatusBuilder status =
        new PodStatusBuilder()
            .withPhase(phase.word())
            .withStartTime(view.acceptedAt().truncatedTo(ChronoUnit.SECONDS).toString())
            .withInitContainerStatuses(initStatuses)
            .withContainerStatuses(statuses)
            .withConditions(conditions(view, phase, initStatuses, statuses));
    if (view.stage() == Stage.REFUSED) {
      status.withReason("JobRejected").withMessage(view.fault());
    } else if (phase == Phase.FAILED && overruled(view.facts())) {
      Verdict verdict = verdict(view.facts());
      status.withReason(verdict.reason()).withMessage(verdict.message());
    }
    return status.build();
  }

  /** Whether nothing more is to be learnt of this pod's containers. */
  static boolean isSettled(PodView view, Instant now) {
    if (view.stage() == Stage.REFUSED) {
      return true;
    }
    PodFacts facts = view.facts();
    if (facts.runnerEndedAt() != null && allTold(view)) {
      return true;
    }
    // While we still listen, a late word may bring the evidence: time alone decides afterwards.
    boolean listening = view.stage() == Stage.SUBMIT || view.stage() == Stage.ACTIVE;
    return !listening && facts.closed(now);
  }

  /** A listing may show a runner's last word before an earlier one: then there is more to come. */
  private static boolean allTold(PodView view) {
    PodFacts facts = view.facts();
    boolean allOver =
        view.pod().getSpec().getContainers().stream()
            .allMatch(container -> facts.facts(container.getName()).isOver());
    return allOver
        || view.pod().getSpec().getInitContainers().stream()
            .map(container -> facts.facts(container.getName()))
            .anyMatch(init -> init.isOver() && init.exitCode() != 0);
  }

  private static Phase phase(
      PodView view, boolean settled, List<ContainerStatus> init, List<ContainerStatus> main) {
    if (settled) {
      boolean clean =
          view.stage() != Stage.REFUSED
              && !overruled(view.facts())
              && main.stream().allMatch(PodStatusRule::exitedWithZero);
      return clean ? Phase.SUCCEEDED : Phase.FAILED;
    }
    boolean any = main.stream().anyMatch(s -> s.getState().getWaiting() == null);
    boolean initDone = init.stream().allMatch(PodStatusRule::exitedWithZero);
    return any && initDone ? Phase.RUNNING : Phase.PENDING;
  }

  private static boolean exitedWithZero(ContainerStatus status) {
    return status.getState().getTerminated() != null
        && status.getState().getTerminated().getExitCode() == 0;
  }

  /** A runner that saw all its containers end, untold, is better evidence than any later word. */
  private static boolean overruled(PodFacts facts) {
    return facts.terminated()
        || (facts.runnerEndedAt() == null && Verdict.overrulesSuccess(facts.job()));
  }

  /**
   * The verdict on the job as a whole; a runner told to end was cancelled, unless we know better.
   */
  static Verdict verdict(PodFacts facts) {
    boolean known = facts.job().ended() && facts.job() != JobState.COMPLETED;
    if (facts.terminated() && (!known || facts.job() == JobState.FAILED)) {
      return Verdict.on(JobState.CANCELLED);
    }
    if (facts.job().ended()) {
      return Verdict.on(facts.job());
    }
    boolean gaveUp = facts.runnerEndedAt() != null && facts.job() != JobState.UNKNOWN;
    return Verdict.on(gaveUp ? JobState.FAILED : JobState.UNKNOWN);
  }

  private static List<PodCondition> conditions(
      PodView view, Phase phase, List<ContainerStatus> init, List<ContainerStatus> main) {
    boolean initialized = init.stream().allMatch(PodStatusRule::exitedWithZero);
    boolean ready = main.stream().allMatch(s -> Boolean.TRUE.equals(s.getReady()));
    List<PodCondition> conditions = new ArrayList<>();
    conditions.add(condition("PodScheduled", true).build());
    conditions.add(condition("Initialized", initialized).build());
    conditions.add(condition("ContainersReady", ready).build());
    conditions.add(condition("Ready", ready).build());
    if (phase.isOpen() && view.facts().job() == JobState.UNKNOWN) {
      conditions.add(
          condition("interlink.ee/JobKnown", false)
              .withReason("JobUnknown")
              .withMessage("neither queue nor accounting knows the job at present")
              .build());
    }
    return conditions;
  }

  private static PodConditionBuilder condition(String type, boolean status) {
    return new PodConditionBuilder().withType(type).withStatus(status ? "True" : "False");
  }
}
