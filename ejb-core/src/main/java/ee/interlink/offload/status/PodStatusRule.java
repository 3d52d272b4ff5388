package ee.interlink.offload.status;

import ee.interlink.batch.JobState;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.offload.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.List;

/**
 * Derives a pod's status from what was observed, each time anew (Kubernetes API, "Pod Lifecycle":
 * pod phase, container states, conditions). A pure function: same facts, same status.
 */
public final class PodStatusRule {
  /** A condition of ours that a pod has only while it is false. */
  public static final String JOB_KNOWN = "interlink.ee/JobKnown";

  /** Another one: false while the scheduler lets nothing of a running job run. */
  public static final String JOB_RUNNING = "interlink.ee/JobRunning";

  /** What a kubelet says of a pod that it ends for its {@code activeDeadlineSeconds}. */
  public static final String OVERDUE =
      "Pod was active on the node longer than the specified deadline";

  private PodStatusRule() {}

  public static PodStatus derive(PodView view, Instant now) {
    boolean settled = isSettled(view, now);
    ContainerStatusRule containers = new ContainerStatusRule(view, settled);
    List<Container> init = view.pod().getSpec().getInitContainers();
    List<Container> main = view.pod().getSpec().getContainers();
    List<ContainerStatus> initStatuses = init.stream().map(containers::init).toList();
    List<ContainerStatus> statuses = main.stream().map(containers::main).toList();
    Phase phase = phase(view, settled, containers.initDone(), statuses);
    PodStatusBuilder status =
        new PodStatusBuilder()
            .withPhase(phase.word())
            .withStartTime(ApiTime.of(view.acceptedAt()))
            .withInitContainerStatuses(initStatuses)
            .withContainerStatuses(statuses)
            .withConditions(PodConditions.of(view, phase, settled, initStatuses, statuses));
    if (view.stage() == Stage.REFUSED) {
      status.withReason("JobRejected").withMessage(view.fault());
    } else if (phase == Phase.FAILED && view.facts().evicted() != null) {
      status.withReason("Evicted").withMessage(evicted(view));
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
    if (facts.allRunsTold() && allTold(view) && !isToBeExplained(view)) {
      return true;
    }
    if (view.stage() == Stage.LEFT && facts.jobOver()) {
      return true; // nothing of it is left that could tell more
    }
    // While we still listen, a late word may bring the evidence: time alone decides afterwards.
    return !isListening(view) && facts.closed(now);
  }

  private static boolean isListening(PodView view) {
    return view.stage() == Stage.SUBMIT || view.stage() == Stage.ACTIVE;
  }

  /**
   * Why a runner was told to end, only the scheduler knows, unless we wanted it or it was its own.
   */
  private static boolean isToBeExplained(PodView view) {
    PodFacts facts = view.facts();
    return isListening(view)
        && facts.terminated()
        && facts.jobEndedAt() == null
        && facts.evicted() == null
        && facts.overdueAt() == null
        && view.deleteAskedAt().isEmpty();
  }

  /** A listing may show a runner's last word before an earlier one: then there is more to come. */
  private static boolean allTold(PodView view) {
    boolean allOver =
        view.pod().getSpec().getContainers().stream()
            .allMatch(container -> view.facts(container).isOver());
    return allOver
        || view.pod().getSpec().getInitContainers().stream()
            .filter(init -> !Care.isSidecar(init))
            .map(view::facts)
            .anyMatch(init -> init.isOver() && !init.succeeded());
  }

  private static Phase phase(
      PodView view, boolean settled, boolean initDone, List<ContainerStatus> main) {
    if (settled) {
      boolean clean =
          view.stage() != Stage.REFUSED
              && !overruled(view.facts())
              && view.restartPolicy() != RestartPolicy.ALWAYS
              && main.stream().allMatch(PodStatusRule::exitedWithZero);
      return clean ? Phase.SUCCEEDED : Phase.FAILED;
    }
    // Who waits for the next run has had one.
    boolean any =
        main.stream().anyMatch(s -> s.getState().getWaiting() == null || s.getLastState() != null);
    return any && initDone ? Phase.RUNNING : Phase.PENDING;
  }

  private static boolean exitedWithZero(ContainerStatus status) {
    return status.getState().getTerminated() != null
        && status.getState().getTerminated().getExitCode() == 0;
  }

  /** A runner that saw all its containers end, untold, is better evidence than any later word. */
  private static boolean overruled(PodFacts facts) {
    return facts.terminated()
        || facts.evicted() != null
        || (facts.runnerEndedAt() == null && Verdict.overrulesSuccess(facts.job()));
  }

  /** In the kubelet's words (pkg/kubelet/eviction, {@code emptyDirMessageFmt}). */
  private static String evicted(PodView view) {
    String volume = view.facts().evicted();
    String limit =
        view.pod().getSpec().getVolumes().stream()
            .filter(each -> volume.equals(each.getName()) && each.getEmptyDir() != null)
            .map(each -> String.valueOf(each.getEmptyDir().getSizeLimit()))
            .findFirst()
            .orElse("");
    return "Usage of EmptyDir volume \"" + volume + "\" exceeds the limit \"" + limit + "\". ";
  }

  /**
   * The verdict on the job as a whole; a runner told to end was cancelled, unless we know better.
   */
  static Verdict verdict(PodFacts facts) {
    boolean known = facts.job().ended() && facts.job() != JobState.COMPLETED;
    boolean told = facts.terminated() && (!known || facts.job() == JobState.FAILED);
    if (told || facts.job() == JobState.CANCELLED) {
      return facts.overdueAt() != null ? Verdict.OVERDUE : Verdict.on(JobState.CANCELLED);
    }
    if (facts.job().ended()) {
      return Verdict.on(facts.job());
    }
    boolean gaveUp = facts.runnerEndedAt() != null && facts.job() != JobState.UNKNOWN;
    return Verdict.on(gaveUp ? JobState.FAILED : JobState.UNKNOWN);
  }
}
