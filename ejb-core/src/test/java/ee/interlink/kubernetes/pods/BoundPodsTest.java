package ee.interlink.kubernetes.pods;

import static ee.interlink.kubernetes.pods.NodeHouse.NODE;
import static ee.interlink.kubernetes.pods.NodeHouse.deleted;
import static ee.interlink.kubernetes.pods.NodeHouse.pod;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.PodUid;
import ee.interlink.configuration.NodeName;
import ee.interlink.offload.SamplePod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import org.junit.jupiter.api.Test;

class BoundPodsTest {
  private static final NodeName OTHER = new NodeName("site-b");
  private final BoundPods bound = new BoundPods();
  private final PodUid uid = SamplePod.freshUid();

  private static ToldStatus status(String phase) {
    return ToldStatus.of(new PodStatusBuilder().withPhase(phase).build(), "17");
  }

  @Test
  void there_is_something_to_do_about_a_pod_that_is_new_or_whose_deletion_is() {
    assertThat(bound.seen(pod(uid), NODE)).isTrue();
    assertThat(bound.seen(pod(uid), NODE)).isFalse();
    assertThat(bound.seen(deleted(pod(uid), 30), NODE)).isTrue();
    assertThat(bound.seen(deleted(pod(uid), 30), NODE)).isFalse();
    assertThat(bound.seen(deleted(pod(uid), 0), NODE)).isTrue();
  }

  @Test
  void there_is_something_to_do_about_a_pod_that_is_not_taken_and_asks_for_something_else() {
    Pod annotated =
        new PodBuilder(pod(uid)).editMetadata().addToAnnotations("a", "b").endMetadata().build();
    Pod other =
        new PodBuilder(annotated)
            .editSpec()
            .editFirstContainer()
            .withImage("other")
            .endContainer()
            .endSpec()
            .build();
    bound.seen(pod(uid), NODE);
    assertThat(bound.seen(annotated, NODE)).isTrue();
    assertThat(bound.seen(annotated, NODE)).isFalse();
    assertThat(bound.seen(other, NODE)).isTrue();
    bound.taken(uid);
    assertThat(bound.seen(annotated, NODE)).isFalse();
  }

  @Test
  void what_we_have_told_stands_against_a_late_echo_of_the_informer() {
    bound.seen(pod(uid), NODE);
    bound.told(uid, status("Running"));
    bound.seen(
        new PodBuilder(pod(uid)).withNewStatus().withPhase("Pending").endStatus().build(), NODE);
    assertThat(bound.told(uid)).isEqualTo(status("Running"));
  }

  @Test
  void what_was_told_before_our_time_is_known_from_the_pod() {
    Pod running =
        new PodBuilder(pod(uid))
            .editMetadata()
            .addToAnnotations(ToldStatus.JOB, "17")
            .endMetadata()
            .withNewStatus()
            .withPhase("Running")
            .endStatus()
            .build();
    bound.seen(running, NODE);
    assertThat(bound.told(uid)).isEqualTo(status("Running"));
  }

  @Test
  void of_a_pod_that_is_gone_nothing_can_be_told() {
    bound.seen(pod(uid), NODE);
    bound.vanished(uid);
    bound.told(uid, status("Running"));
    assertThat(bound.told(uid)).isEqualTo(ToldStatus.NOTHING);
    assertThat(bound.find(uid)).isEmpty();
    assertThat(bound.arrival(uid)).isEmpty();
    assertThat(bound.find(NODE, "default", "sample")).isEmpty();
  }

  @Test
  void a_pod_made_anew_under_the_same_name_is_another_pod() {
    PodUid next = SamplePod.freshUid();
    bound.seen(pod(uid), NODE);
    bound.taken(uid);
    bound.seen(pod(next), NODE);
    assertThat(bound.find(NODE, "default", "sample")).contains(next);
    bound.vanished(uid);
    assertThat(bound.find(NODE, "default", "sample")).contains(next);
    assertThat(bound.arrival(next)).isPresent();
    assertThat(bound.uids(NODE)).containsExactly(next);
  }

  @Test
  void the_whole_of_a_pod_is_kept_until_it_is_taken() {
    bound.seen(pod(uid), NODE);
    assertThat(bound.untaken()).containsExactly(uid);
    bound.taken(uid);
    bound.seen(deleted(pod(uid), 30), NODE);
    assertThat(bound.untaken()).isEmpty();
    assertThat(bound.arrival(uid)).isEmpty();
  }

  @Test
  void a_pod_that_is_taken_after_it_has_gone_leaves_nothing_behind() {
    bound.taken(uid);
    bound.seen(pod(uid), NODE);
    assertThat(bound.arrival(uid)).isPresent();
  }

  @Test
  void nodes_have_their_own_pods() {
    bound.seen(pod(uid), NODE);
    assertThat(bound.uids(OTHER)).isEmpty();
    assertThat(bound.find(OTHER, "default", "sample")).isEmpty();
    bound.complete(NODE);
    assertThat(bound.isComplete(NODE)).isTrue();
    assertThat(bound.isComplete(OTHER)).isFalse();
    assertThat(bound.isComplete("")).isFalse();
  }
}
