package ee.interlink.offload.status;

import static ee.interlink.offload.status.Told.NOON;
import static ee.interlink.offload.status.Told.ended;
import static ee.interlink.offload.status.Told.facts;
import static ee.interlink.offload.status.Told.job;
import static ee.interlink.offload.status.Told.runnerEnded;
import static ee.interlink.offload.status.Told.started;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What probes and sidecars make of a pod's status. */
class CareStatusTest {
  private static final JobReport RUNS = job(JobState.RUNNING);

  @Test
  void a_container_with_a_readiness_probe_is_ready_once_that_says_so() {
    Pod pod = SamplePod.of(Told.POD);
    container(pod).setReadinessProbe(new ProbeBuilder().build());
    assertThat(main(pod, RUNS, started("main")).getReady()).isFalse();
    assertThat(main(pod, RUNS, started("main")).getStarted()).isTrue();
    assertThat(main(pod, RUNS, started("main"), ready("main", true, 3)).getReady()).isTrue();
    PodStatus unready =
        status(pod, RUNS, started("main"), ready("main", true, 3), ready("main", false, 5));
    assertThat(unready.getContainerStatuses().get(0).getReady()).isFalse();
    assertThat(unready.getPhase()).isEqualTo("Running");
    assertThat(unready.getConditions())
        .filteredOn(condition -> condition.getType().equals("Ready"))
        .allSatisfy(
            condition -> {
              assertThat(condition.getStatus()).isEqualTo("False");
              assertThat(condition.getLastTransitionTime()).isEqualTo("2026-03-01T12:00:05Z");
              assertThat(condition.getReason()).isEqualTo("ContainersNotReady");
            });
  }

  @Test
  void a_container_with_a_startup_probe_has_started_once_that_is_good() {
    Pod pod = SamplePod.of(Told.POD);
    container(pod).setStartupProbe(new ProbeBuilder().build());
    assertThat(main(pod, RUNS, started("main")).getStarted()).isFalse();
    assertThat(main(pod, RUNS, started("main")).getReady()).isFalse();
    assertThat(main(pod, RUNS, started("main"), up("main")).getStarted()).isTrue();
    assertThat(main(pod, RUNS, started("main"), up("main")).getReady()).isTrue();
  }

  @Test
  void another_run_has_to_become_ready_anew() {
    Pod pod = SamplePod.of(Told.POD);
    pod.getSpec().setRestartPolicy("Always");
    container(pod).setReadinessProbe(new ProbeBuilder().build());
    assertThat(
            main(
                    pod,
                    RUNS,
                    started("main"),
                    ready("main", true, 1),
                    ended("main", 1),
                    started("main", 1))
                .getReady())
        .isFalse();
  }

  @Test
  void words_of_readiness_come_in_any_order() {
    List<JobReport> reports =
        new ArrayList<>(
            List.of(ready("main", true, 3), ready("main", false, 4), ready("main", true, 5)));
    Collections.reverse(reports);
    PodFacts facts = facts(reports.toArray(JobReport[]::new));
    assertThat(facts.facts("main").attended().ready()).isTrue();
    assertThat(facts.with(ready("main", false, 4), NOON)).isSameAs(facts);
  }

  @Test
  void a_sidecar_lets_the_others_begin_once_it_has_started() {
    Pod pod = withSidecar();
    PodStatus before = status(pod, RUNS, started("side"));
    assertThat(before.getPhase()).isEqualTo("Pending");
    assertThat(condition(before, "Initialized")).isEqualTo("True");
    PodStatus during = status(pod, RUNS, started("side"), started("main"));
    assertThat(during.getPhase()).isEqualTo("Running");
    assertThat(condition(during, "Ready")).isEqualTo("True");
    assertThat(during.getInitContainerStatuses().get(0).getState().getRunning()).isNotNull();
  }

  @Test
  void a_sidecar_that_is_not_ready_makes_the_pod_unready() {
    Pod pod = withSidecar();
    pod.getSpec().getInitContainers().get(0).setReadinessProbe(new ProbeBuilder().build());
    assertThat(condition(status(pod, RUNS, started("side"), started("main")), "Ready"))
        .isEqualTo("False");
  }

  @Test
  void how_a_sidecar_ends_does_not_matter() {
    Pod pod = withSidecar();
    JobReport[] story = {
      started("side"), started("main"), ended("main", 0), ended("side", 137), runnerEnded()
    };
    PodStatus status = status(pod, story);
    assertThat(status.getPhase()).isEqualTo("Succeeded");
    assertThat(status.getInitContainerStatuses().get(0).getState().getTerminated().getExitCode())
        .isEqualTo(137);
  }

  @Test
  void a_sidecar_is_started_again_as_long_as_the_others_run() {
    Pod pod = withSidecar();
    PodStatus during = status(pod, RUNS, started("side"), started("main"), ended("side", 1));
    assertThat(during.getInitContainerStatuses().get(0).getState().getWaiting().getReason())
        .isEqualTo("CrashLoopBackOff");
    PodStatus after =
        status(pod, RUNS, started("side"), started("main"), ended("main", 0), ended("side", 1));
    assertThat(after.getInitContainerStatuses().get(0).getState().getTerminated()).isNotNull();
  }

  private static Pod withSidecar() {
    Pod pod = SamplePod.of(Told.POD, List.of("side"), List.of("main"));
    pod.getSpec().getInitContainers().get(0).setRestartPolicy("Always");
    return pod;
  }

  private static Container container(Pod pod) {
    return pod.getSpec().getContainers().get(0);
  }

  private static JobReport up(String container) {
    return new JobReport.ContainerUp(
        Told.POD, new ContainerName(container), 0, NOON.plusSeconds(2));
  }

  private static JobReport ready(String container, boolean ready, int second) {
    return new JobReport.ContainerReady(
        Told.POD, new ContainerName(container), 0, ready, NOON.plusSeconds(second));
  }

  private static ContainerStatus main(Pod pod, JobReport... reports) {
    return status(pod, reports).getContainerStatuses().get(0);
  }

  private static String condition(PodStatus status, String type) {
    return status.getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseThrow()
        .getStatus();
  }

  private static PodStatus status(Pod pod, JobReport... reports) {
    PodView view =
        new PodView(
            pod, Stage.ACTIVE, Optional.of("17"), "", facts(reports), NOON, Optional.empty());
    return PodStatusRule.derive(view, NOON.plusSeconds(60));
  }
}
