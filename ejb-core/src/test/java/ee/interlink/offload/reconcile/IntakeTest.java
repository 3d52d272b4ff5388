package ee.interlink.offload.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.LocalJournal;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntakeTest {
  @TempDir Path state;
  private LocalJournal journal;
  private House house;

  @BeforeEach
  void build() {
    journal = new LocalJournal();
    house = new House(journal, state);
  }

  @Test
  void a_pod_created_twice_becomes_one_job() throws Exception {
    PodUid uid = SamplePod.freshUid();
    assertThat(accept(SamplePod.of(uid), Door.PORTAL)).isTrue();
    house.reconciler.reconcile(List.of(uid));
    assertThat(accept(SamplePod.of(uid), Door.PORTAL)).isFalse();
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.site.calls).containsExactly("submit");
    assertThat(house.staging.find(uid)).as("nothing staged anew").isEmpty();
  }

  @Test
  void a_pod_whose_job_is_over_is_known_and_leaves_nothing_staged_when_it_comes_again()
      throws Exception {
    PodUid uid = house.accept();
    house.site.fault = new JobRejectedException("Invalid qos specification");
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.live.find(uid)).isEmpty();
    assertThat(accept(SamplePod.of(uid), Door.PORTAL)).isFalse();
    assertThat(house.live.find(uid)).isEmpty();
    assertThat(house.staging.find(uid)).isEmpty();
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.REFUSED);
  }

  @Test
  void of_many_that_create_the_same_pod_at_once_one_is_first() throws Exception {
    PodUid uid = SamplePod.freshUid();
    ExecutorService doors = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> create = () -> accept(SamplePod.of(uid), Door.PORTAL);
      int first = 0;
      for (Future<Boolean> created : doors.invokeAll(Collections.nCopies(8, create))) {
        first += created.get() ? 1 : 0;
      }
      assertThat(first).isEqualTo(1);
      assertThat(house.queued).containsExactly(uid);
      assertThat(house.staging.find(uid)).isPresent();
    } finally {
      doors.shutdownNow();
    }
  }

  @Test
  void a_refused_pod_leaves_no_trace() {
    PodUid uid = SamplePod.freshUid();
    Pod pod = SamplePod.of(uid);
    pod.getSpec().setHostPID(true);
    assertThatThrownBy(() -> accept(pod, Door.PORTAL)).isInstanceOf(RefusedPodException.class);
    assertThat(journal.find(uid)).isEmpty();
    assertThat(house.live.size()).isZero();
    assertThat(house.queued).isEmpty();
  }

  @Test
  void a_pod_that_asks_for_what_it_may_not_have_is_told_so_at_the_door() throws Exception {
    PodUid uid = SamplePod.freshUid();
    assertThatThrownBy(() -> accept(asking(uid), Door.KUBERNETES))
        .isInstanceOfSatisfying(
            RefusedPodException.class,
            refused ->
                assertThat(refused.faults())
                    .containsExactly(new FieldFault(FakeDoor.FIELD, "is not allowed")));
    assertThat(journal.find(uid)).isEmpty();
    assertThat(house.live.size()).isZero();
    assertThat(house.queued).isEmpty();
    assertThat(house.staging.find(uid)).isEmpty();
  }

  @Test
  void a_pod_that_is_known_already_is_no_error_whatever_the_settings_say_today() throws Exception {
    PodUid live = house.submit();
    assertThat(accept(asking(live), Door.PORTAL)).isFalse();
    PodUid over = house.accept();
    house.site.fault = new JobRejectedException("Invalid qos specification");
    house.reconciler.reconcile(List.of(over));
    assertThat(accept(asking(over), Door.PORTAL)).isFalse();
    assertThat(house.staging.find(over)).isEmpty();
  }

  @Test
  void a_pod_that_may_have_a_job_is_first_looked_for() throws Exception {
    PodUid uid = SamplePod.freshUid();
    ResolvedPod pod = new ResolvedPod(asking(uid), List.of());
    assertThat(house.intake.accept(pod, house.backend, House.ALICE, Door.KUBERNETES, true))
        .isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"PORTAL", "KUBERNETES"})
  void a_pod_written_for_the_published_virtual_kubelet_is_told_all_that_is_not_offered(Door door) {
    Pod pod = SamplePod.of(SamplePod.freshUid());
    pod.getMetadata()
        .setAnnotations(Map.of("interlink.eu/pod-vpn", "true", FakeDoor.REFUSED, "Memory"));
    assertThatThrownBy(() -> accept(pod, door))
        .isInstanceOfSatisfying(
            RefusedPodException.class,
            refused ->
                assertThat(refused.faults())
                    .extracting(FieldFault::field)
                    .containsExactly("metadata.annotations[interlink.eu/pod-vpn]", FakeDoor.FIELD));
    assertThat(house.queued).isEmpty();
  }

  @Test
  void what_the_published_virtual_kubelet_has_acted_on_or_added_itself_is_carried()
      throws Exception {
    Pod pod = SamplePod.of(SamplePod.freshUid());
    pod.getMetadata()
        .setAnnotations(
            Map.of(
                "interlink.eu/pod-ip", "10.0.0.7",
                "interlink.eu/wstunnel-client-commands", "wstunnel client",
                "interlink.eu/of-a-later-version", "1"));
    assertThat(accept(pod, Door.INTERLINK)).isTrue();
  }

  private static Pod asking(PodUid uid) {
    Pod pod = SamplePod.of(uid);
    pod.getMetadata().setAnnotations(Map.of(FakeDoor.REFUSED, "Memory"));
    return pod;
  }

  @Test
  void values_from_the_interlink_door_reach_the_job_but_no_row() throws Exception {
    PodUid uid = SamplePod.freshUid();
    Pod pod =
        SamplePod.with(
            uid,
            new ContainerBuilder()
                .withName("main")
                .addNewEnv()
                .withName("PASSWORD")
                .withValue("hunter2")
                .endEnv()
                .build());
    accept(pod, Door.INTERLINK);
    assertThat(journal.everything()).contains("PASSWORD").doesNotContain("hunter2");
    assertThat(house.staging.find(uid).orElseThrow().pod()).isEqualTo(pod);
  }

  @Test
  void an_intent_is_on_record_before_anybody_works_on_it() throws Exception {
    PodUid uid = house.accept();
    assertThat(journal.find(uid)).isPresent();
    assertThat(house.site.calls).isEmpty();
    assertThat(house.queued).containsExactly(uid);
  }

  private boolean accept(Pod pod, Door door) throws RefusedPodException {
    return house
        .intake
        .accept(new ResolvedPod(pod, List.of()), house.backend, House.ALICE, door, false)
        .isPresent();
  }
}
