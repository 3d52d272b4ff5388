package ee.interlink.kubernetes.pods;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.SamplePod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

class SlimStoreTest {
  private final SlimStore store = new SlimStore();
  private final PodUid uid = SamplePod.freshUid();
  private final Pod pod =
      new PodBuilder(NodeHouse.pod(uid))
          .editMetadata()
          .withResourceVersion("7")
          .addToAnnotations("note", "long")
          .endMetadata()
          .build();

  @Test
  void only_who_a_pod_is_and_in_which_version_is_kept() {
    store.put(store.getKey(pod), pod);
    Pod kept = store.get("default/sample");
    assertThat(kept.getMetadata().getUid()).isEqualTo(uid.value());
    assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(kept.getMetadata().getAnnotations()).isEmpty();
    assertThat(kept.getSpec()).isNull();
    assertThat(kept.getStatus()).isNull();
    assertThat(store.getKey(kept)).isEqualTo(store.getKey(pod));
    assertThat(store.isFullState()).isFalse();
  }

  @Test
  void the_pod_itself_stays_whole() {
    store.put(store.getKey(pod), pod);
    assertThat(pod.getSpec().getContainers()).hasSize(1);
    assertThat(pod.getMetadata().getAnnotations()).containsKey("note");
  }

  @Test
  void what_was_there_before_is_given_back() {
    assertThat(store.put("k", pod)).isNull();
    assertThat(store.put("k", pod).getMetadata().getUid()).isEqualTo(uid.value());
    assertThat(store.keySet()).containsExactly("k");
    assertThat(store.values()).hasSize(1);
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.remove("k").getMetadata().getUid()).isEqualTo(uid.value());
    assertThat(store.remove("k")).isNull();
    assertThat(store.get("k")).isNull();
  }
}
