package ee.interlink.kubernetes.pods;

import static ee.interlink.kubernetes.pods.NodeHouse.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.batch.PodUid;
import ee.interlink.kubernetes.pods.ToldStatus.Doing;
import ee.interlink.kubernetes.pods.ToldStatus.What;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.status.PodFacts;
import ee.interlink.offload.status.PodStatusRule;
import ee.interlink.offload.status.PodView;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToldStatusTest {
  private static final PodUid UID = SamplePod.freshUid();
  private static final Pod POD = SamplePod.of(UID, List.of("init"), List.of("main"));

  /** As StatusWriter tells it. */
  private static PodStatus ours() {
    PodStatus status =
        PodStatusRule.derive(
            new PodView(
                POD, Stage.ACTIVE, Optional.of("17"), "", PodFacts.NONE, NOON, Optional.empty()),
            NOON);
    status.getConditions().removeIf(condition -> !ToldStatus.isOurs(condition.getType()));
    status.setHostIP("192.0.2.7");
    status.setPodIP("192.0.2.7");
    return status;
  }

  /** As Go writes it: with nulls and empty objects, and with what others have said. */
  private static PodStatus readBack(PodStatus status) throws Exception {
    ObjectNode tree = PodJson.mapper().valueToTree(status);
    for (JsonNode condition : tree.get("conditions")) {
      ((ObjectNode) condition).putNull("lastProbeTime");
    }
    tree.withArray("/conditions").addObject().put("type", "PodScheduled").put("status", "True");
    for (String kind : List.of("containerStatuses", "initContainerStatuses")) {
      for (JsonNode container : tree.get(kind)) {
        ((ObjectNode) container).putObject("lastState");
        ((ObjectNode) container.get("state")).putNull("running");
      }
    }
    tree.put("qosClass", "BestEffort").put("observedGeneration", 1);
    return PodJson.mapper().readValue(tree.toString(), PodStatus.class);
  }

  private static long digest(PodStatus status) {
    return ToldStatus.of(status, "17").digest();
  }

  @Test
  void a_status_that_was_written_and_read_back_is_no_news() throws Exception {
    assertThat(digest(readBack(ours()))).isEqualTo(digest(ours()));
    assertThat(ToldStatus.of(readBack(ours()), "17")).isEqualTo(ToldStatus.of(ours(), "17"));
  }

  static Stream<Consumer<PodStatus>> changes() {
    return Stream.of(
        status -> status.setPhase("Running"),
        status -> status.setReason("JobRejected"),
        status -> status.setMessage("for good"),
        status -> status.setStartTime("2026-03-01T12:00:01Z"),
        status -> status.setHostIP("192.0.2.8"),
        status -> status.setPodIP("192.0.2.8"),
        status -> main(status).setReady(true),
        status -> main(status).setStarted(true),
        status -> main(status).setRestartCount(1),
        status -> main(status).setImage("another"),
        status -> main(status).getState().getWaiting().setReason("JobUnknown"),
        status -> main(status).getState().getWaiting().setMessage("Priority"),
        status -> main(status).setState(null),
        status -> status.getInitContainerStatuses().get(0).setReady(true),
        status -> status.getConditions().get(0).setStatus("True"),
        status -> status.getConditions().get(1).setReason("Other"),
        status -> status.getConditions().get(2).setLastTransitionTime("2026-03-01T12:00:01Z"),
        status -> status.getConditions().remove(0));
  }

  private static ContainerStatus main(PodStatus status) {
    return status.getContainerStatuses().get(0);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatever_we_say_differently_is_news(Consumer<PodStatus> change) {
    PodStatus changed = ours();
    change.accept(changed);
    assertThat(digest(changed)).isNotEqualTo(digest(ours()));
  }

  @Test
  void another_job_is_news() {
    assertThat(ToldStatus.of(ours(), "").digest()).isNotEqualTo(digest(ours()));
    assertThat(ToldStatus.of(ours(), "18").digest()).isNotEqualTo(digest(ours()));
  }

  @Test
  void a_condition_of_ours_by_name_is_news() {
    PodStatus status = new PodStatusBuilder(ours()).addNewCondition().endCondition().build();
    status.getConditions().get(3).setType("interlink.ee/JobKnown");
    assertThat(digest(status)).isNotEqualTo(digest(ours()));
  }

  @Test
  void what_others_say_is_no_news() {
    PodStatus others =
        new PodStatusBuilder(ours())
            .withQosClass("Burstable")
            .withNominatedNodeName("n")
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .endCondition()
            .addNewCondition()
            .withType("DisruptionTarget")
            .withStatus("True")
            .endCondition()
            .addNewCondition()
            .withType("example.org/gate")
            .withStatus("True")
            .endCondition()
            .build();
    assertThat(digest(others)).isEqualTo(digest(ours()));
  }

  @Test
  void conditions_may_come_in_any_order() {
    PodStatus turned = ours();
    turned.getConditions().add(turned.getConditions().remove(0));
    assertThat(digest(turned)).isEqualTo(digest(ours()));
  }

  @Test
  void a_pod_without_a_status_has_been_told_nothing_of() {
    ToldStatus told = ToldStatus.of(SamplePod.of(UID));
    assertThat(told.phase()).isEmpty();
    assertThat(told.job()).isEmpty();
    assertThat(told.containers()).isEmpty();
    assertThat(told.isTerminal()).isFalse();
  }

  @Test
  void the_job_is_read_from_the_annotation() {
    Pod pod = new PodBuilder(POD).editMetadata().addToAnnotations("JobID", "17").and().build();
    assertThat(ToldStatus.of(pod).job()).isEqualTo("17");
  }

  @Test
  void only_succeeded_and_failed_are_the_end() {
    for (String phase : List.of("Succeeded", "Failed")) {
      assertThat(told(phase).isTerminal()).as(phase).isTrue();
    }
    for (String phase : List.of("Pending", "Running", "Unknown", "")) {
      assertThat(told(phase).isTerminal()).as(phase).isFalse();
    }
  }

  private static ToldStatus told(String phase) {
    return ToldStatus.of(new PodStatusBuilder().withPhase(phase).build(), "");
  }

  @Test
  void what_each_container_does_is_known() {
    PodStatus status =
        new PodStatusBuilder()
            .withInitContainerStatuses(
                container("init")
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(3)
                    .withReason("Error")
                    .endTerminated()
                    .endState()
                    .build())
            .withContainerStatuses(
                container("run").withNewState().withNewRunning().endRunning().endState().build(),
                container("wait")
                    .withNewState()
                    .withNewWaiting("Priority", "JobQueued")
                    .and()
                    .build(),
                container("none").build())
            .build();
    assertThat(ToldStatus.of(status, "").containers())
        .isEqualTo(
            Map.of(
                "init", new Doing(What.TERMINATED, "Error", "", 3, 0),
                "run", new Doing(What.RUNNING, "", "", 0, 0),
                "wait", new Doing(What.WAITING, "JobQueued", "Priority", 0, 0),
                "none", new Doing(What.WAITING, "", "", 0, 0)));
  }

  private static ContainerStatusBuilder container(String name) {
    return new ContainerStatusBuilder().withName(name);
  }
}
