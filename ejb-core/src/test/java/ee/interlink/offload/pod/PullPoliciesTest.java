package ee.interlink.offload.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.PullPolicy;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullPoliciesTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "busybox, Never, NEVER",
        "busybox, IfNotPresent, IF_NOT_PRESENT",
        "busybox:1, Always, ALWAYS",
        "busybox, -, ALWAYS",
        "busybox:latest, -, ALWAYS",
        "busybox:1.36, -, IF_NOT_PRESENT",
        "busybox:latest-1, -, IF_NOT_PRESENT",
        "r.test:5000/a/busybox, -, ALWAYS",
        "r.test:5000/a/busybox:1, -, IF_NOT_PRESENT",
        "busybox@sha256:12ab, -, IF_NOT_PRESENT",
        "-, -, ALWAYS",
      })
  void a_pod_says_it_or_kubernetes_default_holds(String image, String policy, PullPolicy expected) {
    assertThat(
            PullPolicies.of(
                new ContainerBuilder().withImage(image).withImagePullPolicy(policy).build()))
        .isEqualTo(expected);
  }

  @Test
  void any_other_word_is_refused() {
    assertThatThrownBy(
            () -> PullPolicies.of(new ContainerBuilder().withImagePullPolicy("Often").build()))
        .hasMessage("imagePullPolicy Often");
  }
}
