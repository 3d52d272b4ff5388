package ee.interlink.web.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who reads the wire's statuses derives the phase from the containers alone. */
class WirePodStatusTest {
  private static final ContainerStatus FIRST = ended("first", 0, "2026-03-01T12:00:05Z");
  private static final ContainerStatus LAST = ended("last", 0, "2026-03-01T12:00:07Z");

  @Test
  void a_success_is_told_by_its_containers() {
    assertThat(told("Succeeded", FIRST, LAST)).containsExactly(FIRST, LAST);
  }

  @Test
  void no_container_of_a_failed_pod_has_ended_with_0_if_all_have() {
    assertThat(told("Failed", FIRST, LAST))
        .extracting(status -> status.getState().getTerminated().getExitCode())
        .containsExactly(143, 143);
  }

  @Test
  void an_end_that_the_scheduler_has_yet_to_explain_is_no_success() {
    List<ContainerStatus> told = told("Running", FIRST, LAST, FIRST);
    assertThat(told).element(0).isEqualTo(FIRST);
    assertThat(told).element(2).isEqualTo(FIRST);
    ContainerState last = told.get(1).getState();
    assertThat(last.getTerminated()).isNull();
    assertThat(last.getRunning().getStartedAt()).isEqualTo("2026-03-01T12:00:00Z");
  }

  @Test
  void a_container_that_has_failed_is_told_at_once() {
    ContainerStatus failed = ended("last", 3, "2026-03-01T12:00:07Z");
    assertThat(told("Running", FIRST, failed)).containsExactly(FIRST, failed);
  }

  private static List<ContainerStatus> told(String phase, ContainerStatus... containers) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("p")
            .endMetadata()
            .withNewStatus()
            .withPhase(phase)
            .withContainerStatuses(containers)
            .endStatus()
            .build();
    return WirePodStatus.of(pod).containers();
  }

  private static ContainerStatus ended(String name, int code, String at) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withNewState()
        .withNewTerminated()
        .withExitCode(code)
        .withStartedAt("2026-03-01T12:00:00Z")
        .withFinishedAt(at)
        .endTerminated()
        .endState()
        .build();
  }
}
