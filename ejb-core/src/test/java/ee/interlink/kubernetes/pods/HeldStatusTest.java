package ee.interlink.kubernetes.pods;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.offload.SamplePod;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldStatusTest {
  private static final String SINCE = "2026-03-01T12:00:00Z";
  private final Pod pod =
      SamplePod.of(SamplePod.freshUid(), List.of("init"), List.of("main", "side"));

  private static PodStatus held(Pod pod, String container) {
    return HeldStatus.of(pod, "Why", "because", Optional.ofNullable(container), SINCE);
  }

  private static List<String> reasons(List<ContainerStatus> containers) {
    return containers.stream().map(c -> c.getState().getWaiting().getReason()).toList();
  }

  @Test
  void the_one_container_that_it_is_about_says_why() {
    PodStatus status = held(pod, "side");
    assertThat(status.getPhase()).isEqualTo("Pending");
    assertThat(status.getContainerStatuses())
        .extracting(ContainerStatus::getName)
        .containsExactly("main", "side");
    assertThat(reasons(status.getContainerStatuses())).containsExactly("ContainerCreating", "Why");
    assertThat(reasons(status.getInitContainerStatuses())).containsExactly("ContainerCreating");
    ContainerStateWaiting side = status.getContainerStatuses().get(1).getState().getWaiting();
    assertThat(side.getMessage()).isEqualTo("because");
  }

  @Test
  void all_containers_say_why_if_it_is_about_all() {
    PodStatus status = held(pod, null);
    assertThat(reasons(status.getContainerStatuses())).containsExactly("Why", "Why");
    assertThat(reasons(status.getInitContainerStatuses())).containsExactly("Why");
  }

  @Test
  void a_pod_without_init_containers_is_initialized_and_none_is_ready() {
    assertThat(conditions(pod))
        .containsExactly("Initialized False", "ContainersReady False", "Ready False");
    assertThat(conditions(SamplePod.of(SamplePod.freshUid())))
        .containsExactly("Initialized True", "ContainersReady False", "Ready False");
    assertThat(held(pod, null).getConditions())
        .extracting(PodCondition::getLastTransitionTime)
        .containsOnly(SINCE);
  }

  @Test
  void the_pod_has_not_begun_so_that_it_is_not_taken_for_one_with_a_job() {
    assertThat(held(pod, null).getStartTime()).isNull();
  }

  private static List<String> conditions(Pod pod) {
    return held(pod, null).getConditions().stream()
        .map(condition -> condition.getType() + " " + condition.getStatus())
        .toList();
  }
}
