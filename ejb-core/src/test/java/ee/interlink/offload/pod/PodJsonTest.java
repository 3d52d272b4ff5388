package ee.interlink.offload.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;

class PodJsonTest {

  @Test
  void no_value_of_a_variable_is_kept_without_values() {
    Pod pod =
        Manifest.ordinary()
            .with("/spec/containers/0/env/0/value", "\"hunter2\"")
            .with("/spec/initContainers/0/env", "[{\"name\": \"B\", \"value\": \"hunter2\"}]")
            .pod();
    assertThat(PodJson.write(pod)).contains("hunter2");
    assertThat(PodJson.writeWithoutValues(pod)).doesNotContain("hunter2");
    Pod kept = PodJson.read(PodJson.writeWithoutValues(pod));
    assertThat(kept.getSpec().getContainers().get(0).getEnv().get(0).getName()).isEqualTo("A");
    assertThat(pod.getSpec().getContainers().get(0).getEnv().get(0).getValue())
        .as("the pod itself is not touched")
        .isEqualTo("hunter2");
  }

  @Test
  void a_pod_comes_back_as_it_was_written() {
    Pod pod = Manifest.ordinary().with("/spec/unknown", "{\"a\": [1]}").pod();
    assertThat(PodJson.read(PodJson.write(pod))).isEqualTo(pod);
  }
}
