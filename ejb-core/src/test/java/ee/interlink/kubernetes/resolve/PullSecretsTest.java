package ee.interlink.kubernetes.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.RegistryAuth;
import ee.interlink.offload.pod.ResolvedPod;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of {@code imagePullSecrets}. */
class PullSecretsTest {
  private final FakeCluster cluster = new FakeCluster();

  private void secret(String name, String key, String content) {
    cluster.secret(name, Map.of(key, content));
  }

  private ResolvedPod resolved(String... names) throws Exception {
    List<LocalObjectReference> references =
        Stream.of(names).map(LocalObjectReference::new).toList();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("ns")
            .withName("p")
            .withUid("u-1")
            .endMetadata()
            .withNewSpec()
            .withEnableServiceLinks(false)
            .withImagePullSecrets(references)
            .endSpec()
            .build();
    return new PodResolver(cluster, Resolving.NODE).resolve(pod);
  }

  private Optional<String> auth(String... names) throws Exception {
    return resolved(names).registryAuth().map(RegistryAuth::json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".dockerconfigjson | {\"auths\":{\"r.test\":{\"auth\":\"dTpw\"}},\"credsStore\":\"x\"}",
        ".dockercfg | {\"r.test\":{\"auth\":\"dTpw\"}}",
      })
  void a_secret_of_either_kind_says_who_the_pod_is_to_a_registry(String key, String content)
      throws Exception {
    secret("pull", key, content);
    assertThat(auth("pull")).contains("{\"auths\":{\"r.test\":{\"auth\":\"dTpw\"}}}");
  }

  @Test
  void of_several_the_first_that_knows_a_registry_counts() throws Exception {
    secret("a", ".dockerconfigjson", "{\"auths\":{\"r.test\":{\"auth\":\"YTo=\"}}}");
    secret("b", ".dockerconfigjson", "{\"auths\":{\"r.test\":{\"auth\":\"Yjo=\"},\"s.test\":{}}}");
    assertThat(auth("a", "b"))
        .contains("{\"auths\":{\"r.test\":{\"auth\":\"YTo=\"},\"s.test\":{}}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "[]", "{\"auths\":[]}", "{}"})
  void a_secret_that_says_nothing_holds_up_nobody(String content) throws Exception {
    secret("odd", ".dockerconfigjson", content);
    assertThat(auth("odd", "not-there")).isEmpty();
  }

  @Test
  void nothing_of_it_is_left_in_the_pod_or_shown() throws Exception {
    secret("pull", ".dockercfg", "{\"r.test\":{\"auth\":\"dTpw\"}}");
    ResolvedPod resolved = resolved("pull");
    assertThat(resolved.pod().getSpec().getImagePullSecrets()).isEmpty();
    assertThat(resolved.toString()).doesNotContain("dTpw");
    assertThat(new RegistryAuth("")).hasToString("RegistryAuth[…]");
  }

  @Test
  void a_secret_that_is_not_there_is_named() throws Exception {
    secret("odd", ".dockerconfigjson", "no JSON");
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("ns")
            .endMetadata()
            .withNewSpec()
            .addNewImagePullSecret("odd")
            .addNewImagePullSecret("gone")
            .endSpec()
            .build();
    assertThat(new PodResolver(cluster, Resolving.NODE).missingPullSecrets(pod))
        .containsExactly("gone");
  }
}
