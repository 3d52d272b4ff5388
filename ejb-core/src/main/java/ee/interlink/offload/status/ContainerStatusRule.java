package ee.interlink.offload.status;

import ee.interlink.batch.JobState;
import ee.interlink.offload.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Derives the state of one container; always one, never none. */
final class ContainerStatusRule {
  private static final String WAITING_FOR_INIT = "PodInitializing";

  private final PodView view;
  private final boolean settled;
  private final boolean initDone;

  ContainerStatusRule(PodView view, boolean settled) {
    this.view = view;
    this.settled = settled;
    this.initDone =
        view.pod().getSpec().getInitContainers().stream()
            .map(container -> view.facts().facts(container.getName()))
            .allMatch(facts -> facts.exitCode() != null && facts.exitCode() == 0);
  }

  ContainerStatus init(Container container) {
    ContainerFacts facts = view.facts().facts(container.getName());
    boolean ready = facts.exitCode() != null && facts.exitCode() == 0;
    return status(container, facts, ready, "ContainerCreating");
  }

  ContainerStatus main(Container container) {
    ContainerFacts facts = view.facts().facts(container.getName());
    boolean running = facts.startedAt() != null && !facts.isOver() && !settled;
    return status(container, facts, running, initDone ? "ContainerCreating" : WAITING_FOR_INIT);
  }

  private ContainerStatus status(
      Container container, ContainerFacts facts, boolean ready, String creating) {
    return new ContainerStatusBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withImageID("")
        .withReady(ready)
        .withStarted(facts.startedAt() != null && !facts.isOver() && !settled)
        .withRestartCount(0)
        .withState(state(facts, creating))
        .build();
  }

  private ContainerState state(ContainerFacts facts, String creating) {
    if (facts.isOver()) {
      String reason = facts.exitCode() == 0 ? "Completed" : "Error";
      return terminated(facts, facts.endedAt(), facts.exitCode(), reason, facts.message());
    }
    if (settled) {
      return ended(facts);
    }
    if (facts.startedAt() != null) {
      return new ContainerStateBuilder()
          .withNewRunning()
          .withStartedAt(time(facts.startedAt()))
          .endRunning()
          .build();
    }
    return waiting(creating);
  }

  /** A container that is over without having said so itself. */
  private ContainerState ended(ContainerFacts facts) {
    if (view.stage() == Stage.REFUSED) {
      return terminated(facts, view.acceptedAt().toEpochMilli(), 1, "JobRejected", view.fault());
    }
    PodFacts pod = view.facts();
    Verdict verdict = PodStatusRule.verdict(pod);
    boolean told = pod.job() == JobState.FAILED && pod.jobExitCode() != null;
    int code = told && pod.jobExitCode() != 0 ? pod.jobExitCode() : verdict.exitCode();
    Long at = pod.runnerEndedAt() != null ? pod.runnerEndedAt() : pod.jobEndedAt();
    return terminated(facts, at, code, verdict.reason(), words(verdict.message(), pod.words()));
  }

  private static String words(String message, String scheduler) {
    return scheduler.isEmpty() ? message : message + " (" + scheduler + ")";
  }

  private ContainerState waiting(String creating) {
    PodFacts pod = view.facts();
    if (view.stage() == Stage.SUBMIT) {
      return waiting(view.fault().isEmpty() ? "Submitting" : "BackendUnavailable", view.fault());
    }
    return switch (pod.job()) {
      case QUEUED -> waiting("JobQueued", pod.words());
      case UNKNOWN -> waiting("JobUnknown", pod.words());
      default -> waiting(creating, pod.words());
    };
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
      ContainerFacts facts, long at, int exitCode, String reason, String message) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(exitCode)
        .withReason(reason)
        .withMessage(message.isEmpty() ? null : message)
        .withStartedAt(facts.startedAt() == null ? null : time(facts.startedAt()))
        .withFinishedAt(time(at))
        .endTerminated()
        .build();
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
