package ee.interlink.offload.status;

import static ee.interlink.offload.status.Told.NOON;
import static ee.interlink.offload.status.Told.ended;
import static ee.interlink.offload.status.Told.job;
import static ee.interlink.offload.status.Told.runnerEnded;
import static ee.interlink.offload.status.Told.runnerTerminated;
import static ee.interlink.offload.status.Told.started;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every job state with every kind of evidence. */
class PodStatusRuleTest {
  private static final List<List<JobReport>> CONTAINER =
      List.of(
          List.of(),
          List.of(started("main")),
          List.of(started("main"), ended("main", 0)),
          List.of(started("main"), ended("main", 3)),
          List.of(ended("main", 127)));
  private static final List<List<JobReport>> RUNNER =
      List.of(List.of(), List.of(runnerEnded()), List.of(runnerTerminated()));

  private record Case(JobState state, List<JobReport> container, List<JobReport> runner) {
    PodFacts facts() {
      PodFacts facts = PodFacts.NONE.with(job(state), NOON);
      for (JobReport report : Stream.concat(container.stream(), runner.stream()).toList()) {
        facts = facts.with(report, NOON);
      }
      return facts;
    }

    /** A minute later, where the reconciler has it by then. */
    PodStatus status() {
      PodFacts facts = facts();
      Stage stage = facts.closed(NOON.plusSeconds(60)) ? Stage.ENDED : Stage.ACTIVE;
      return PodStatusRule.derive(
          new PodView(
              SamplePod.of(Told.POD), stage, Optional.of("17"), "", facts, NOON, Optional.empty()),
          NOON.plusSeconds(60));
    }

    ContainerStatus main() {
      List<ContainerStatus> statuses = status().getContainerStatuses();
      assertThat(statuses).extracting(ContainerStatus::getName).containsExactly("main");
      return statuses.get(0);
    }

    Optional<Integer> exitCode() {
      return container.stream()
          .filter(JobReport.ContainerEnded.class::isInstance)
          .map(end -> ((JobReport.ContainerEnded) end).exitCode())
          .findFirst();
    }
  }

  private static Stream<Case> everythingWith(JobState state) {
    return CONTAINER.stream()
        .flatMap(container -> RUNNER.stream().map(runner -> new Case(state, container, runner)));
  }

  @ParameterizedTest
  @EnumSource
  void success_needs_evidence_and_an_end_that_nobody_forced(JobState state) {
    assertThat(everythingWith(state))
        .allSatisfy(
            each -> {
              boolean evidence = each.exitCode().equals(Optional.of(0));
              boolean seenThrough = each.facts().runnerEndedAt() != null;
              boolean forced =
                  each.facts().terminated() || (!seenThrough && Verdict.overrulesSuccess(state));
              boolean over = each.facts().jobOver() || !each.runner().isEmpty();
              assertThat(each.status().getPhase().equals("Succeeded"))
                  .isEqualTo(evidence && !forced && over);
            });
  }

  @ParameterizedTest
  @EnumSource
  void a_job_that_is_over_has_a_pod_that_is_over(JobState state) {
    assertThat(everythingWith(state).filter(each -> each.facts().jobOver()))
        .allSatisfy(
            each -> {
              assertThat(each.status().getPhase()).matches("Succeeded|Failed");
              assertThat(each.main().getState().getTerminated()).isNotNull();
            });
  }

  @ParameterizedTest
  @EnumSource
  void a_container_that_left_no_exit_code_never_has_0(JobState state) {
    assertThat(everythingWith(state).filter(each -> each.exitCode().isEmpty()))
        .map(each -> each.main().getState().getTerminated())
        .filteredOn(Objects::nonNull)
        .allSatisfy(
            terminated -> {
              assertThat(terminated.getExitCode()).isNotZero();
              assertThat(terminated.getReason()).isNotEqualTo("Completed");
              assertThat(terminated.getMessage()).isNotBlank();
            });
  }

  @ParameterizedTest
  @EnumSource
  void an_exit_code_that_a_container_left_is_never_replaced(JobState state) {
    assertThat(everythingWith(state).filter(each -> each.exitCode().isPresent()))
        .allSatisfy(
            each ->
                assertThat(each.main().getState().getTerminated().getExitCode())
                    .isEqualTo(each.exitCode().orElseThrow()));
  }

  @ParameterizedTest
  @EnumSource
  void a_job_that_still_runs_has_a_pod_that_does(JobState state) {
    assertThat(
            everythingWith(state)
                .filter(each -> !each.facts().jobOver() && each.runner().isEmpty()))
        .allSatisfy(
            each ->
                assertThat(each.status().getPhase())
                    .isEqualTo(each.container().isEmpty() ? "Pending" : "Running"));
  }

  @ParameterizedTest
  @EnumSource
  void a_container_is_always_in_exactly_one_state(JobState state) {
    assertThat(everythingWith(state).map(Case::main))
        .allSatisfy(
            main -> {
              ContainerState in = main.getState();
              assertThat(Stream.of(in.getWaiting(), in.getRunning(), in.getTerminated()))
                  .filteredOn(Objects::nonNull)
                  .hasSize(1);
              assertThat(main.getReady()).isEqualTo(in.getRunning() != null);
              assertThat(main.getRestartCount()).isZero();
            });
  }
}
