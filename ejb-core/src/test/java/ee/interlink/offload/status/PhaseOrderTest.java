package ee.interlink.offload.status;

import static ee.interlink.offload.status.Told.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.JobReport;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PhaseOrderTest {
  private static final List<String> ORDER = List.of("Pending", "Running");

  @Property
  void a_pod_that_always_runs_is_never_done(@ForAll Random random) {
    JobStory story = JobStory.random(random);
    assertThat(live(story, random).contains("Succeeded") && story.policy() == RestartPolicy.ALWAYS)
        .isFalse();
  }

  @Property
  void a_pod_succeeds_only_if_the_last_run_of_each_container_did(@ForAll Random random) {
    JobStory story = JobStory.random(random);
    if (live(story, random).contains("Succeeded")) {
      for (String container : List.of("init", "one", "two")) {
        assertThat(story.lastCode(container)).as(container).isZero();
      }
    }
  }

  @Property
  void phases_never_go_back_and_an_end_never_changes(@ForAll Random random) {
    List<String> phases = live(JobStory.random(random), random);
    for (int i = 1; i < phases.size(); i++) {
      String before = phases.get(i - 1);
      if (ORDER.contains(before)) {
        assertThat(ORDER.indexOf(phases.get(i)) >= ORDER.indexOf(before) || isEnd(phases.get(i)))
            .as(phases.toString())
            .isTrue();
      } else {
        assertThat(phases.get(i)).as(phases.toString()).isEqualTo(before);
      }
    }
    assertThat(phases.get(phases.size() - 1)).matches("Succeeded|Failed");
  }

  /**
   * Phases as a watcher sees them while a story is heard. Once nothing more is to be learnt the
   * reconciler ends the pod, sooner or later, and nobody listens any more.
   */
  private static List<String> live(JobStory story, Random random) {
    List<String> phases = new ArrayList<>();
    PodFacts facts = PodFacts.NONE;
    Stage stage = Stage.ACTIVE;
    Instant now = NOON;
    for (JobReport report : story.heard(random)) {
      now = now.plusMillis(random.nextInt(4000));
      if (stage == Stage.ACTIVE) {
        facts = facts.with(report, now);
        phases.add(phase(story, facts, stage, now));
      }
      if (facts.closed(now) && random.nextBoolean()) {
        stage = Stage.ENDED;
      }
      phases.add(phase(story, facts, stage, now));
    }
    phases.add(phase(story, facts, Stage.ENDED, now.plusSeconds(60)));
    return phases;
  }

  private static String phase(JobStory story, PodFacts facts, Stage stage, Instant now) {
    Pod pod = SamplePod.of(Told.POD, JobStory.INIT, JobStory.MAIN);
    pod.getSpec().setRestartPolicy(Told.word(story.policy()));
    PodStatus status =
        PodStatusRule.derive(
            new PodView(pod, stage, Optional.of("17"), "", facts, NOON, Optional.empty()), now);
    assertThat(status.getInitContainerStatuses()).hasSize(1);
    assertThat(status.getContainerStatuses()).hasSize(2);
    return status.getPhase();
  }

  private static boolean isEnd(String phase) {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }
}
