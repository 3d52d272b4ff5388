package ee.interlink.kubernetes.pods;

import static ee.interlink.kubernetes.pods.NodeHouse.NOON;
import static ee.interlink.kubernetes.pods.NodeHouse.deleted;
import static ee.interlink.kubernetes.pods.NodeHouse.pod;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ImageName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.PodChanged;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.status.PodFacts;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What becomes of a pod that is bound to a node of ours, whatever comes between. */
class PodSyncTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private final NodeHouse house = new NodeHouse();
  private final PodUid uid = SamplePod.freshUid();

  private PodFacts running() {
    return PodFacts.NONE
        .with(job(JobState.RUNNING), NOON)
        .with(new JobReport.ContainerStarted(uid, new ContainerName("main"), 0, NOON), NOON);
  }

  private PodFacts succeeded() {
    return running()
        .with(
            new JobReport.ContainerEnded(uid, new ContainerName("main"), 0, 0, NOON, "", false),
            NOON)
        .with(new JobReport.RunnerEnded(uid, 0, NOON, false), NOON)
        .with(job(JobState.COMPLETED), NOON);
  }

  private JobReport job(JobState state) {
    return new JobReport.Scheduled(uid, new JobId("17"), state, "", OptionalInt.empty());
  }

  private void observe(PodFacts facts) {
    house.pods.observed(uid, facts);
    house.changed(uid);
  }

  private Pod withSecret() {
    return new PodBuilder(pod(uid))
        .editSpec()
        .editFirstContainer()
        .addNewEnv()
        .withName("K")
        .withNewValueFrom()
        .withNewSecretKeyRef("k", "s", null)
        .endValueFrom()
        .endEnv()
        .endContainer()
        .endSpec()
        .build();
  }

  private ContainerStateWaiting waiting() {
    return house.api.last().getContainerStatuses().get(0).getState().getWaiting();
  }

  private String condition(PodStatus status, String type) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .map(c -> c.getStatus())
        .findFirst()
        .orElse("");
  }

  @Test
  void a_pod_is_taken_up_once_and_its_whole_is_not_kept() {
    house.hear(pod(uid));
    house.hear(pod(uid));
    assertThat(house.pods.calls).containsExactly("accept");
    assertThat(house.bound.arrival(uid)).isEmpty();
    assertThat(house.bound.untaken()).isEmpty();
  }

  @Test
  void a_deadline_that_is_set_or_shortened_later_is_the_core_s_to_keep() {
    house.hear(limited(60));
    house.hear(limited(60));
    assertThat(house.pods.calls).containsExactly("accept");
    house.hear(limited(30));
    assertThat(house.pods.calls).containsExactly("accept", "limit 30");
  }

  @Test
  void a_pod_that_was_given_a_deadline_while_nobody_listened_has_it_as_well() {
    house.hear(pod(uid));
    house.bound.vanished(uid);
    house.hear(limited(30));
    assertThat(house.pods.calls).containsExactly("accept", "limit 30");
  }

  private Pod limited(long seconds) {
    return new PodBuilder(pod(uid)).editSpec().withActiveDeadlineSeconds(seconds).endSpec().build();
  }

  @Test
  void a_pod_whose_image_no_registry_can_have_waits_in_the_kubelets_words_until_it_is_changed() {
    house.pods.refusal = Optional.of(refused("spec.containers[0].image", ImageName.FAULT));
    house.hear(withImage("No"));
    String words =
        "Failed to apply default image tag \"No\": couldn't parse image name \"No\": invalid"
            + " reference format";
    assertThat(waiting().getReason()).isEqualTo("InvalidImageName");
    assertThat(waiting().getMessage()).isEqualTo(words);
    assertThat(house.said)
        .containsExactly("InspectFailed: " + words, "Failed: Error: InvalidImageName");
    house.pods.refusal = Optional.empty();
    house.hear(withImage("No"));
    assertThat(house.pods.calls).isEmpty();
    house.hear(withImage("yes"));
    assertThat(house.pods.calls).containsExactly("accept");
  }

  @Test
  void another_fault_beside_such_an_image_comes_first() {
    house.pods.refusal =
        Optional.of(
            new RefusedPodException(
                List.of(
                    new FieldFault("spec.containers[0].image", ImageName.FAULT),
                    new FieldFault("spec.volumes[0].hostPath", "is not allowed"))));
    house.hear(withImage("No"));
    assertThat(waiting().getReason()).isEqualTo("Unsupported");
  }

  private static RefusedPodException refused(String field, String fault) {
    return new RefusedPodException(List.of(new FieldFault(field, fault)));
  }

  private Pod withImage(String image) {
    return new PodBuilder(pod(uid))
        .editSpec()
        .editFirstContainer()
        .withImage(image)
        .endContainer()
        .endSpec()
        .build();
  }

  @Test
  void a_job_and_what_the_queue_says_of_it_are_one_write() {
    house.hear(pod(uid));
    house.pods.observed(uid, PodFacts.NONE);
    house.submitted(uid);
    assertThat(house.api.calls).isEmpty();
    observe(PodFacts.NONE.with(job(JobState.QUEUED), NOON));
    house.after(Duration.ofSeconds(1));
    assertThat(house.api.calls).containsExactly("status Pending");
    assertThat(house.api.annotations).containsExactly(Map.of(ToldStatus.JOB, "17"));
  }

  @Test
  void a_job_of_which_the_queue_says_nothing_is_told_after_a_second() {
    house.hear(pod(uid));
    house.pods.observed(uid, PodFacts.NONE);
    house.submitted(uid);
    house.after(Duration.ofSeconds(1));
    assertThat(house.api.annotations).containsExactly(Map.of(ToldStatus.JOB, "17"));
  }

  @Test
  void its_way_is_told_step_by_step_and_nothing_twice() {
    house.hear(pod(uid));
    house.changed(uid);
    observe(running());
    house.changed(uid);
    observe(succeeded());
    house.changed(uid);
    assertThat(house.api.calls)
        .containsExactly("status Pending", "status Running", "status Succeeded");
    assertThat(house.api.last().getPodIP()).isEqualTo(NodeHouse.ADDRESS);
    assertThat(house.said)
        .containsExactly(
            "Submitted: Job 17 of backend b",
            "Started: Started container main",
            "Completed: Container main ended with exit code 0");
  }

  @Test
  void the_job_is_annotated_when_it_becomes_known_and_not_again() {
    house.hear(pod(uid));
    house.changed(uid);
    observe(running());
    observe(succeeded());
    assertThat(house.api.annotations)
        .containsExactly(Map.of(), Map.of(ToldStatus.JOB, "17"), Map.of());
  }

  @Test
  void what_the_scheduler_of_the_cluster_says_is_not_repeated() {
    house.hear(pod(uid));
    house.changed(uid);
    assertThat(condition(house.api.last(), "PodScheduled")).isEmpty();
    assertThat(condition(house.api.last(), "Ready")).isEqualTo("False");
  }

  @Test
  void a_pod_deleted_before_it_was_taken_never_becomes_a_job() {
    house.hear(deleted(pod(uid), 30));
    assertThat(house.pods.calls).isEmpty();
    assertThat(house.api.calls).containsExactly("status Failed", "confirm");
  }

  @Test
  void a_pod_deleted_while_it_waits_for_something_never_becomes_a_job() {
    house.hear(withSecret());
    house.hear(deleted(withSecret(), 30));
    assertThat(house.api.calls).endsWith("status Failed", "confirm");
    house.after(A_MINUTE);
    assertThat(house.pods.calls).isEmpty();
  }

  @Test
  void a_pod_with_a_job_goes_when_its_job_has_gone_and_not_before() {
    house.hear(pod(uid));
    observe(running());
    house.hear(deleted(pod(uid), 30));
    house.changed(uid);
    assertThat(house.pods.calls).containsExactly("accept", "delete 30");
    assertThat(house.api.calls).doesNotContain("confirm");
    house.left(uid);
    assertThat(house.api.calls).endsWith("status Failed", "confirm");
    assertThat(house.pods.calls).endsWith("forget");
  }

  @Test
  void how_a_deleted_pod_ended_is_told_before_it_goes() {
    house.hear(pod(uid));
    observe(running());
    house.hear(deleted(pod(uid), 30));
    house.pods.observed(uid, succeeded());
    house.left(uid);
    assertThat(house.api.calls).endsWith("status Succeeded", "confirm");
  }

  @Test
  void a_shorter_grace_shortens_and_a_longer_one_does_not_lengthen() {
    house.hear(pod(uid));
    observe(running());
    house.hear(deleted(pod(uid), 30));
    house.hear(deleted(pod(uid), 5));
    house.hear(deleted(pod(uid), 10));
    assertThat(house.pods.calls).containsExactly("accept", "delete 30", "delete 5");
  }

  @Test
  void of_a_pod_that_was_forced_away_the_job_ends_at_once() {
    house.hear(pod(uid));
    observe(running());
    house.vanish(uid);
    house.sync.sync(List.of(uid));
    assertThat(house.pods.calls).containsExactly("accept", "delete 0");
    house.left(uid);
    assertThat(house.pods.calls).endsWith("forget");
    assertThat(house.api.calls).doesNotContain("confirm");
  }

  @Test
  void a_row_that_is_left_of_a_pod_that_the_cluster_has_forgotten_goes() {
    house.hear(pod(uid));
    house.pods.left(uid);
    house.vanish(uid);
    assertThat(house.pods.calls).containsExactly("accept", "forget");
  }

  @Test
  void before_all_pods_of_the_node_have_been_heard_of_none_is_gone() {
    house.hear(
        new PodBuilder(pod(uid)).editSpec().withNodeName("not-heard-of-yet").endSpec().build());
    house.vanish(uid);
    house.left(uid);
    assertThat(house.pods.calls).containsExactly("accept");
  }

  @Test
  void a_pod_of_another_door_is_nobody_here() {
    house.hear(pod(uid));
    Pod shown = house.pods.shown(house.pods.entries.get(uid));
    house.bound.vanished(uid);
    house.pods.bury(
        shown, house.takingUp.configuration.backends().values().iterator().next(), Door.PORTAL);
    house.sync.sync(List.of(uid));
    assertThat(house.pods.calls).containsExactly("accept", "bury");
  }

  @Test
  void a_field_that_is_not_offered_is_named_and_the_pod_waits_without_being_tried_again() {
    house.hear(
        new PodBuilder(pod(uid)).editSpec().withHostPID(true).withNodeName("n").endSpec().build());
    assertThat(waiting().getReason()).isEqualTo(TakingUp.UNSUPPORTED);
    assertThat(waiting().getMessage()).contains("spec.hostPID");
    assertThat(house.said).hasSize(1);
    assertThat(house.said.get(0))
        .startsWith("Unsupported: Cannot be offloaded: ")
        .contains("spec.hostPID");
    for (int i = 0; i < 10; i++) {
      house.after(A_MINUTE);
    }
    assertThat(house.api.calls).containsExactly("status Pending");
    assertThat(house.pods.accepted).isEmpty();
  }

  @Test
  void a_pod_whose_pull_secret_is_missing_is_told_so_and_goes_on_without() {
    house.hear(new PodBuilder(pod(uid)).editSpec().addNewImagePullSecret("s").endSpec().build());
    assertThat(house.said)
        .containsExactly(
            "FailedToRetrieveImagePullSecret: Unable to retrieve some image pull secrets (s);"
                + " attempting to pull the image may not succeed.");
    assertThat(house.pods.calls).containsExactly("accept");
  }

  @Test
  void a_pod_whose_secret_is_missing_waits_and_is_taken_up_once_it_is_there() {
    house.hear(withSecret());
    assertThat(waiting().getReason()).isEqualTo("CreateContainerConfigError");
    assertThat(waiting().getMessage()).contains("\"s\" not found");
    house.after(A_MINUTE);
    house.after(A_MINUTE);
    assertThat(house.api.calls).containsExactly("status Pending");
    house.reads.secret("s", "aHVzaA==");
    house.after(A_MINUTE);
    assertThat(house.pods.calls).containsExactly("accept");
    assertThat(house.pods.accepted.get(0).pod().getSpec().getContainers().get(0).getEnv())
        .anySatisfy(variable -> assertThat(variable.getValue()).isEqualTo("hush"));
    house.after(A_MINUTE);
    assertThat(house.pods.calls).containsExactly("accept");
  }

  @Test
  void an_api_server_that_does_not_tell_what_a_pod_names_is_asked_again() {
    house.reads.away = true;
    house.hear(pod(uid));
    assertThat(house.api.written).isEmpty();
    house.reads.away = false;
    house.after(A_MINUTE);
    assertThat(house.pods.calls).containsExactly("accept");
  }

  @Test
  void a_status_that_could_not_be_told_is_told_later() {
    house.hear(pod(uid));
    house.api.away = true;
    observe(running());
    observe(succeeded());
    house.api.away = false;
    house.after(A_MINUTE);
    assertThat(house.api.calls).containsExactly("status Succeeded");
    assertThat(house.said).contains("Started: Started container main");
  }

  @Test
  void a_deletion_that_could_not_be_confirmed_is_confirmed_later() {
    house.hear(pod(uid));
    observe(running());
    house.hear(deleted(pod(uid), 30));
    house.api.away = true;
    house.left(uid);
    house.after(A_MINUTE);
    assertThat(house.pods.entries).containsKey(uid);
    house.api.away = false;
    house.after(A_MINUTE);
    assertThat(house.api.calls).endsWith("confirm");
    assertThat(house.pods.entries).isEmpty();
  }

  @Test
  void a_terminal_pod_is_never_taken() {
    Pod over = new PodBuilder(pod(uid)).withNewStatus().withPhase("Failed").endStatus().build();
    house.hear(over);
    house.sync.sync(List.of(uid));
    assertThat(house.pods.calls).isEmpty();
    assertThat(house.api.calls).isEmpty();
  }

  @Test
  void a_status_never_comes_back_from_the_end() {
    house.hear(pod(uid));
    observe(succeeded());
    observe(running());
    assertThat(house.api.calls).containsExactly("status Succeeded");
    assertThat(house.bound.told(uid).isTerminal()).isTrue();
  }

  @Test
  void a_pod_that_finalizers_keep_is_let_go_once() {
    house.hear(deleted(pod(uid), 0));
    house.sync.sync(List.of(uid));
    assertThat(house.api.calls).isEmpty();
    assertThat(house.pods.calls).isEmpty();
  }

  @Test
  void a_pod_with_a_job_that_finalizers_keep_is_let_go_once() {
    house.hear(pod(uid));
    observe(running());
    house.hear(deleted(pod(uid), 0));
    house.left(uid);
    assertThat(house.api.calls).endsWith("status Failed", "confirm");
    int calls = house.api.calls.size();
    house.hear(deleted(pod(uid), 0));
    house.sync.sync(List.of(uid));
    house.after(A_MINUTE);
    assertThat(house.api.calls).hasSize(calls);
    assertThat(house.pods.calls).containsExactly("accept", "delete 0", "forget");
  }

  @Test
  void a_pod_that_somebody_had_taken_up_is_taken_with_a_question_first() {
    house.hear(withStart(pod(uid)));
    assertThat(house.pods.calls).containsExactly("accept after asking");
  }

  @Test
  void of_a_deleted_pod_that_the_journal_has_lost_the_job_is_looked_for() {
    house.hear(deleted(withStart(pod(uid)), 30));
    assertThat(house.pods.calls).containsExactly("bury");
    assertThat(house.pods.entries.get(uid).stage()).isEqualTo(Stage.CANCEL);
    assertThat(house.api.calls).doesNotContain("confirm");
    house.left(uid);
    assertThat(house.api.calls).endsWith("status Failed", "confirm");
    assertThat(house.pods.calls).endsWith("forget");
  }

  @Test
  void an_unknown_uid_is_no_surprise() {
    house.sync.sync(List.of(uid));
    house.statuses.write(List.of(uid));
    house.queue.changed(new PodChanged(uid, true));
    house.changed(uid);
    assertThat(house.api.calls).isEmpty();
    assertThat(house.pods.calls).isEmpty();
    assertThat(house.bound.find(uid)).isEqualTo(Optional.empty());
  }

  private static Pod withStart(Pod pod) {
    return new PodBuilder(pod)
        .withNewStatus()
        .withPhase("Running")
        .withStartTime(NOON.toString())
        .endStatus()
        .build();
  }
}
