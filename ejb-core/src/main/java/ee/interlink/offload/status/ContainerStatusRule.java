package ee.interlink.offload.status;

import ee.interlink.batch.JobState;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.offload.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;

/** Derives the state of one container; always one, never none. */
public final class ContainerStatusRule {
  /** Before the scheduler's words, where the waiting reason does not tell that it is the job. */
  public static final String JOB_WAITS = "The job waits: ";

  private static final String WAITING_FOR_INIT = "PodInitializing";
  private static final String ERROR = "Error";
  private static final String CREATING = "ContainerCreating";

  private final PodView view;
  private final boolean settled;
  private final boolean initDone;
  private final String creating;

  ContainerStatusRule(PodView view, boolean settled) {
    this.view = view;
    this.settled = settled;
    this.initDone =
        view.pod().getSpec().getInitContainers().stream().allMatch(this::letsOthersBegin);
    // With init containers a kubelet has this one reason for all that has not begun.
    this.creating =
        view.pod().getSpec().getInitContainers().isEmpty() ? CREATING : WAITING_FOR_INIT;
  }

  /** Whether the pod's other containers may run. */
  boolean initDone() {
    return initDone;
  }

  private boolean mainsAreDone() {
    return view.pod().getSpec().getContainers().stream()
        .map(view::facts)
        .allMatch(facts -> facts.isOver() && !isRestarted(facts, view.restartPolicy()));
  }

  private boolean letsOthersBegin(Container init) {
    ContainerFacts facts = view.facts(init);
    return Care.isSidecar(init) ? facts.isOver() || isUp(init, facts) : facts.succeeded();
  }

  /** An init container is there to succeed, a sidecar to run. */
  ContainerStatus init(Container container) {
    ContainerFacts facts = view.facts(container);
    if (Care.isSidecar(container)) {
      RestartPolicy again = mainsAreDone() ? RestartPolicy.NEVER : RestartPolicy.ALWAYS;
      return status(container, facts, again).withReady(isReady(container, facts)).build();
    }
    RestartPolicy policy = view.restartPolicy();
    return status(
            container, facts, policy == RestartPolicy.ALWAYS ? RestartPolicy.ON_FAILURE : policy)
        .withReady(facts.succeeded())
        .build();
  }

  ContainerStatus main(Container container) {
    ContainerFacts facts = view.facts(container);
    return status(container, facts, view.restartPolicy())
        .withReady(isReady(container, facts))
        .build();
  }

  private boolean isRestarted(ContainerFacts facts, RestartPolicy policy) {
    return isOverButThePodIsNot(facts)
        && switch (policy) {
          case NEVER -> false;
          case ON_FAILURE -> !facts.succeeded();
          case ALWAYS -> true;
        };
  }

  /** Nobody starts anything in a job that ends. */
  private boolean isOverButThePodIsNot(ContainerFacts facts) {
    return facts.isOver()
        && !settled
        && !view.facts().jobOver()
        && view.facts().runnerEndedAt() == null
        && view.deleteAskedAt().isEmpty();
  }

  private boolean runs(ContainerFacts facts) {
    return facts.runs() && !settled && !isCutOff(facts);
  }

  private boolean isUp(Container container, ContainerFacts facts) {
    return runs(facts) && (container.getStartupProbe() == null || facts.attended().upAt() != null);
  }

  private boolean isReady(Container container, ContainerFacts facts) {
    return isUp(container, facts)
        && (container.getReadinessProbe() == null || Boolean.TRUE.equals(facts.attended().ready()));
  }

  /** Nobody saw its end, but the job waits for another machine. */
  private boolean isCutOff(ContainerFacts facts) {
    return facts.hasStarted()
        && !facts.isOver()
        && !settled
        && view.restartPolicy() != RestartPolicy.NEVER
        && view.facts().job() == JobState.REQUEUED;
  }

  private ContainerStatusBuilder status(
      Container container, ContainerFacts facts, RestartPolicy policy) {
    boolean cutOff = isCutOff(facts);
    boolean again = cutOff || isRestarted(facts, policy);
    boolean hasStarted = facts.hasStarted();
    return new ContainerStatusBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withImageID(hasStarted && container.getImage() != null ? container.getImage() : "")
        .withContainerID(hasStarted ? id(container) : null)
        .withStarted(isUp(container, facts))
        .withRestartCount(facts.restarts())
        .withState(again ? beforeTheNextRun(container, facts) : state(container, facts))
        .withLastState(cutOff ? cutOff(facts) : again ? over(facts) : before(facts));
  }

  private String id(Container container) {
    String job = view.job().orElse(view.pod().getMetadata().getUid());
    return "interlink://" + job + "/" + container.getName();
  }

  private ContainerState beforeTheNextRun(Container container, ContainerFacts facts) {
    PodFacts pod = view.facts();
    return pod.job() == JobState.REQUEUED
        ? waiting("JobQueued", pod.words())
        : pod.image(container.getName(), facts.restarts() + 1)
            .filter(ImageWait::isFailing)
            .map(image -> ImageWait.of(image, container.getImage(), creating))
            .orElseGet(() -> waiting("CrashLoopBackOff", "back-off restarting failed container"));
  }

  private static ContainerState cutOff(ContainerFacts facts) {
    Verdict lost = Verdict.on(JobState.LOST);
    return terminated(facts, null, lost.exitCode(), lost.reason(), lost.message());
  }

  private static ContainerState before(ContainerFacts facts) {
    ContainerFacts previous = facts.previous();
    return previous != null && previous.isOver() ? over(previous) : null;
  }

  private ContainerState state(Container container, ContainerFacts facts) {
    if (facts.isOver()) {
      return over(facts);
    }
    if (settled && facts.equals(ContainerFacts.NONE) && anInitContainerFailed()) {
      return waiting(WAITING_FOR_INIT, ""); // for ever, as the kubelet leaves it
    }
    if (settled) {
      return ended(facts);
    }
    if (facts.startedAt() != null) {
      return new ContainerStateBuilder()
          .withNewRunning()
          .withStartedAt(ApiTime.of(facts.startedAt()))
          .endRunning()
          .build();
    }
    return waiting(container, facts);
  }

  private boolean anInitContainerFailed() {
    return !initDone
        && view.stage() != Stage.REFUSED
        && view.pod().getSpec().getInitContainers().stream()
            .filter(init -> !Care.isSidecar(init))
            .map(view::facts)
            .anyMatch(facts -> facts.isOver() && !facts.succeeded());
  }

  private static ContainerState over(ContainerFacts facts) {
    String reason = facts.succeeded() ? "Completed" : ERROR;
    if (Boolean.TRUE.equals(facts.failedToStart())) {
      reason = "StartError";
    }
    return terminated(facts, facts.endedAt(), facts.exitCode(), reason, facts.message());
  }

  /** A container that is over without having said so itself. */
  private ContainerState ended(ContainerFacts facts) {
    if (view.stage() == Stage.REFUSED) {
      return terminated(facts, view.acceptedAt().toEpochMilli(), 1, "JobRejected", view.fault());
    }
    PodFacts pod = view.facts();
    Verdict verdict = PodStatusRule.verdict(pod);
    String message = words(verdict.message(), pod.words());
    Integer code = pod.job() == JobState.FAILED ? pod.jobExitCode() : null;
    if (code != null && code != 0) {
      // The batch script's, which ends with its containers' code, or was killed with them.
      return terminated(facts, pod.overAt(), code, ERROR, message);
    }
    return terminated(facts, pod.overAt(), verdict.exitCode(), verdict.reason(), message);
  }

  private static String words(String message, String scheduler) {
    return scheduler.isEmpty() ? message : message + " (" + scheduler + ")";
  }

  private ContainerState waiting(Container container, ContainerFacts facts) {
    PodFacts pod = view.facts();
    if (view.stage() == Stage.SUBMIT) {
      return view.fault().isEmpty()
          ? beforeTheJob("Submitting", "")
          : waiting("BackendUnavailable", view.fault());
    }
    return switch (pod.job()) {
      case QUEUED, REQUEUED -> beforeTheJob("JobQueued", pod.words());
      case UNKNOWN -> waiting("JobUnknown", pod.words());
      default ->
          pod.image(container.getName(), facts.restarts())
              .map(image -> ImageWait.of(image, container.getImage(), creating))
              .orElseGet(() -> waiting(creating, pod.words()));
    };
  }

  private ContainerState beforeTheJob(String reason, String words) {
    if (creating.equals(CREATING)) {
      return waiting(reason, words);
    }
    return waiting(creating, words.isEmpty() ? "" : JOB_WAITS + words);
  }

  private static ContainerState waiting(String reason, String message) {
    return new ContainerStateBuilder()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message.isEmpty() ? null : message)
        .endWaiting()
        .build();
  }

  private static ContainerState terminated(
      ContainerFacts facts, Long at, int exitCode, String reason, String message) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(exitCode)
        .withReason(reason)
        .withMessage(message.isEmpty() ? null : message)
        .withStartedAt(facts.startedAt() == null ? null : ApiTime.of(facts.startedAt()))
        .withFinishedAt(at == null ? null : ApiTime.of(at))
        .endTerminated()
        .build();
  }
}
