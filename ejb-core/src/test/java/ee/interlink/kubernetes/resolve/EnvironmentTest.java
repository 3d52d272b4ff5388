package ee.interlink.kubernetes.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ee.interlink.offload.pod.FieldFault;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container finds in its environment. */
class EnvironmentTest {
  private final FakeCluster cluster =
      new FakeCluster()
          .configMap("settings", Map.of("mode", "fast", "dotted.key-1", "d", "ref", "$(A)"))
          .secret("login", Map.of("user", "alice", "password", "s3cret"))
          .secretOfBytes(
              "keys", Map.of("store", new byte[] {(byte) 0xff, 0x41}, "nul", new byte[1]));

  private final Resolving resolving = new Resolving(cluster);

  @Test
  void a_later_variable_sees_an_earlier_one() throws Exception {
    assertThat(
            resolving.variables(
                "'env':[{'name':'A','value':'$(B)'},{'name':'B','value':'b'},"
                    + "{'name':'C','value':'$(B)-$(A)-$$(B)'}]"))
        .containsExactly(entry("A", "$(B)"), entry("B", "b"), entry("C", "b-$(B)-$(B)"));
  }

  @Test
  void of_two_variables_with_one_name_the_later_counts() throws Exception {
    assertThat(resolving.variables("'env':[{'name':'A','value':'1'},{'name':'A','value':'$(A)2'}]"))
        .containsExactly(entry("A", "12"));
  }

  @Test
  void a_variable_without_a_value_is_empty() throws Exception {
    assertThat(resolving.variables("'env':[{'name':'A'},{'name':'B','value':''}]"))
        .containsExactly(entry("A", ""), entry("B", ""));
  }

  @Test
  void what_comes_from_an_object_is_not_expanded_but_can_be_referred_to() throws Exception {
    assertThat(
            resolving.variables(
                "'env':[{'name':'A','value':'a'},{'name':'R','valueFrom':{'configMapKeyRef':"
                    + "{'name':'settings','key':'ref'}}},{'name':'S','value':'<$(R)>'}]"))
        .containsEntry("R", "$(A)")
        .containsEntry("S", "<$(A)>");
  }

  @Test
  void a_config_map_or_secret_gives_a_variable_for_each_key() throws Exception {
    assertThat(
            resolving.variables(
                "'envFrom':[{'configMapRef':{'name':'settings'}},"
                    + "{'prefix':'LOGIN_','secretRef':{'name':'login'}}]"))
        .containsOnly(
            entry("mode", "fast"),
            entry("dotted.key-1", "d"),
            entry("ref", "$(A)"),
            entry("LOGIN_user", "alice"),
            entry("LOGIN_password", "s3cret"));
  }

  @Test
  void a_name_that_no_variable_can_have_is_skipped() throws Exception {
    cluster.configMap("odd", Map.of("a=b", "1", "ü", "2", "", "3", "a b", "4"));
    assertThat(resolving.variables("'envFrom':[{'configMapRef':{'name':'odd'}}]"))
        .containsOnly(entry("a b", "4"));
  }

  @Test
  void a_later_source_replaces_an_earlier_one_and_a_variable_replaces_both() throws Exception {
    cluster.configMap("other", Map.of("mode", "slow", "user", "bob"));
    assertThat(
            resolving.variables(
                "'envFrom':[{'configMapRef':{'name':'settings'}},"
                    + "{'configMapRef':{'name':'other'}}],"
                    + "'env':[{'name':'user','value':'eve, not $(user), $(mode)'}]"))
        .containsEntry("mode", "slow")
        .containsEntry("user", "eve, not bob, slow");
  }

  @Test
  void bytes_of_a_config_map_are_no_variables() throws Exception {
    cluster.add(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("ns")
            .withName("mixed")
            .endMetadata()
            .addToData("text", "t")
            .addToBinaryData("bytes", "/w==")
            .build());
    assertThat(resolving.variables("'envFrom':[{'configMapRef':{'name':'mixed'}}]"))
        .containsOnly(entry("text", "t"));
  }

  @Test
  void a_key_of_a_secret_is_decoded() throws Exception {
    assertThat(
            resolving.variables(
                "'env':[{'name':'P','valueFrom':{'secretKeyRef':"
                    + "{'name':'login','key':'password'}}}]"))
        .containsExactly(entry("P", "s3cret"));
  }

  @Test
  void what_is_optional_and_not_there_is_no_variable() throws Exception {
    assertThat(
            resolving.variables(
                "'envFrom':[{'configMapRef':{'name':'none','optional':true}},"
                    + "{'secretRef':{'name':'none','optional':true}},"
                    + "{'configMapRef':{'name':'settings'}}],"
                    + "'env':["
                    + "{'name':'A','valueFrom':{'configMapKeyRef':"
                    + "{'name':'none','key':'k','optional':true}}},"
                    + "{'name':'B','valueFrom':{'secretKeyRef':"
                    + "{'name':'login','key':'none','optional':true}}},"
                    + "{'name':'mode','valueFrom':{'secretKeyRef':"
                    + "{'name':'none','key':'k','optional':true}}},"
                    + "{'name':'C','value':'$(A)'}]"))
        .containsOnly(
            entry("mode", "fast"),
            entry("dotted.key-1", "d"),
            entry("ref", "$(A)"),
            entry("C", "$(A)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'none','key':'k'}}}]"
            + " | configmap \"none\" not found",
        "'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'none','key':'k'}}}]"
            + " | secret \"none\" not found",
        "'env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'settings','key':'k'}}}]"
            + " | couldn't find key k in ConfigMap ns/settings",
        "'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'login','key':'k'}}}]"
            + " | couldn't find key k in Secret ns/login",
        "'envFrom':[{'configMapRef':{'name':'none'}}] | configmap \"none\" not found",
        "'envFrom':[{'secretRef':{'name':'none'}}] | secret \"none\" not found",
        "'envFrom':[{'secretRef':{'name':''}}] | secret \"\" not found",
        "'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'keys','key':'store'}}}]"
            + " | key store in Secret ns/keys is not text, so no variable can have it as its value",
        "'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'keys','key':'nul'}}}]"
            + " | key nul in Secret ns/keys is not text, so no variable can have it as its value",
      })
  void a_container_waits_for_what_it_needs(String fields, String message) {
    UnresolvedPodException waiting = resolving.waiting(Resolving.podWith(fields));
    assertThat(waiting).hasMessage(message);
    assertThat(waiting.waitingReason()).isEqualTo("CreateContainerConfigError");
    assertThat(waiting.eventReason()).isEqualTo("Failed");
    assertThat(waiting.container()).contains("main");
  }

  @Test
  void it_is_told_which_container_waits() {
    Pod pod =
        Resolving.pod(
            "'containers':[{'name':'main'}],'initContainers':[{'name':'first'},"
                + "{'name':'second','envFrom':[{'secretRef':{'name':'none'}}]}]");
    assertThat(resolving.waiting(pod).container()).contains("second");
  }

  @ParameterizedTest
  @CsvSource({
    "{'fileKeyRef':{'volumeName':'v';'path':'p';'key':'k'}}, .fileKeyRef",
    "{}, ''",
    "{'fieldRef':{'fieldPath':'spec.restartPolicy'}}, .fieldRef.fieldPath",
  })
  void a_source_that_is_not_offered_is_refused_by_its_path(String from, String path) {
    Pod pod =
        Resolving.podWith(
            "'env':[{'name':'Z'},{'name':'A','valueFrom':" + from.replace(';', ',') + "}]");
    assertThat(resolving.refused(pod))
        .extracting(FieldFault::field)
        .containsExactly("spec.containers[0].env[1].valueFrom" + path);
  }

  @Test
  void each_object_is_read_once() throws Exception {
    String refers = "'envFrom':[{'secretRef':{'name':'login'}},{'secretRef':{'name':'login'}}]";
    resolving.resolve(
        Resolving.pod(
            "'containers':[{'name':'a',%s},{'name':'b',%s,".formatted(refers, refers)
                + "'volumeMounts':[{'name':'v','mountPath':'/v'}]}],"
                + "'volumes':[{'name':'v','secret':{'secretName':'login'}}]"));
    assertThat(cluster.asked).containsOnlyOnce("secret ns/login");
  }

  @Test
  void no_value_is_ever_shown() {
    KeyedTexts texts =
        new KeyedTexts(
            "Secret ns/x", "main", Map.of("k", "s3cret".getBytes(StandardCharsets.UTF_8)), false);
    assertThat(texts).hasToString("Secret ns/x");
  }
}
