package ee.interlink.offload.status;

import static ee.interlink.offload.status.Told.NOON;
import static ee.interlink.offload.status.Told.ended;
import static ee.interlink.offload.status.Told.facts;
import static ee.interlink.offload.status.Told.job;
import static ee.interlink.offload.status.Told.runnerEnded;
import static ee.interlink.offload.status.Told.runnerTerminated;
import static ee.interlink.offload.status.Told.started;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.JobState;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PodConditionsTest {
  private static final Instant ACCEPTED = NOON.minusSeconds(60);

  @Test
  void before_anything_runs_all_but_the_scheduling_is_missing_since_the_pod_came() {
    PodFacts facts = facts(job(JobState.QUEUED));
    assertThat(shown(facts, "PodScheduled")).isEqualTo("True 11:59:00");
    assertThat(shown(facts, "Initialized"))
        .isEqualTo(
            "False 11:59:00 ContainersNotInitialized containers with incomplete status: [init]");
    assertThat(shown(facts, "Ready"))
        .isEqualTo("False 11:59:00 ContainersNotReady containers with unready status: [a b]");
  }

  @Test
  void a_pod_without_init_containers_is_initialised_from_the_start() {
    Pod pod = SamplePod.of(Told.POD, List.of(), List.of("a"));
    assertThat(shown(pod, facts(job(JobState.QUEUED)), "Initialized")).isEqualTo("True 11:59:00");
  }

  @Test
  void it_is_initialised_since_the_last_init_container_ended() {
    PodFacts facts = facts(started("init"), ended("init", 0, 3), ended("init", 1, 0));
    assertThat(shown(facts, "Initialized")).isEqualTo("True 12:00:11");
  }

  @Test
  void it_is_ready_since_the_last_container_started() {
    PodFacts facts =
        facts(ended("init", 0), started("a", 0), ended("a", 0, 1), started("a", 1), started("b"));
    assertThat(shown(facts, "Ready")).isEqualTo("True 12:00:10");
  }

  @Test
  void it_is_not_ready_until_all_have_started() {
    PodFacts facts = facts(ended("init", 0), started("a"));
    assertThat(shown(facts, "Ready"))
        .isEqualTo("False 11:59:00 ContainersNotReady containers with unready status: [b]");
  }

  @Test
  void it_is_not_ready_since_the_end_of_the_run_that_is_waited_after() {
    PodFacts facts = facts(ended("init", 0), started("b"), started("a", 2), ended("a", 2, 1));
    assertThat(shown(facts, "Ready"))
        .isEqualTo("False 12:00:21 ContainersNotReady containers with unready status: [a]");
  }

  @Test
  void a_pod_that_is_done_says_so_everywhere() {
    Pod pod = SamplePod.of(Told.POD, List.of(), List.of("a"));
    PodFacts facts = facts(started("a"), ended("a", 0), runnerEnded());
    assertThat(shown(pod, facts, "Initialized")).isEqualTo("True 11:59:00 PodCompleted");
    assertThat(shown(pod, facts, "Ready")).isEqualTo("False 12:00:01 PodCompleted");
  }

  @Test
  void a_pod_that_has_failed_is_not_ready_since_its_end() {
    Pod pod = SamplePod.of(Told.POD, List.of(), List.of("a"));
    PodFacts told =
        facts(started("a"), ended("a", 143), runnerTerminated(), job(JobState.CANCELLED));
    assertThat(shown(pod, told, "Ready")).isEqualTo("False 12:00:01 PodFailed");
    PodFacts lost = facts(started("a"), job(JobState.LOST));
    assertThat(shown(pod, lost, "Ready"))
        .as("when we heard of it")
        .isEqualTo("False 12:00:03 PodFailed");
  }

  @Test
  void ready_and_the_readiness_of_containers_are_the_same() {
    for (PodFacts facts :
        List.of(PodFacts.NONE, facts(ended("init", 0), started("a"), started("b")))) {
      assertThat(shown(facts, "ContainersReady")).isEqualTo(shown(facts, "Ready"));
    }
  }

  private static String shown(PodFacts facts, String type) {
    Pod pod = SamplePod.of(Told.POD, List.of("init"), List.of("a", "b"));
    pod.getSpec().setRestartPolicy("Always");
    return shown(pod, facts, type);
  }

  private static String shown(Pod pod, PodFacts facts, String type) {
    Stage stage = facts.closed(NOON.plusSeconds(60)) ? Stage.ENDED : Stage.ACTIVE;
    PodCondition condition =
        PodStatusRule.derive(
                new PodView(pod, stage, Optional.of("17"), "", facts, ACCEPTED, Optional.empty()),
                NOON.plusSeconds(60))
            .getConditions()
            .stream()
            .filter(each -> each.getType().equals(type))
            .findFirst()
            .orElseThrow();
    String time = condition.getLastTransitionTime().substring(11, 19);
    String words =
        String.join(
            " ",
            Stream.of(condition.getReason(), condition.getMessage())
                .filter(text -> text != null)
                .toList());
    return (condition.getStatus() + " " + time + " " + words).strip();
  }
}
